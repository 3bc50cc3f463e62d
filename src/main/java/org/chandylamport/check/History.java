package org.chandylamport.check;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event.Environment;
import org.chandylamport.model.Event.Receive;
import org.chandylamport.model.Event.Send;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Topology;

/**
 * A whole computation, by process and step: what a process does between two points at which it can
 * be cut. Processes and channels are numbered in the order of the topology.
 */
final class History<S, M> {

    static final int NONE = -1;

    final ImmutableList<ProcessId> processes;
    final ImmutableList<Channel> channels;
    /** For each channel, the numbers of its ends. */
    final int[] sender;
    final int[] receiver;
    private final Map<ProcessId, Integer> processNumbers = new HashMap<>();
    private final Map<Channel, Integer> channelNumbers = new HashMap<>();
    private final GlobalState<S, M> initial;
    private final List<List<Step<S>>> steps = new ArrayList<>();
    private final List<List<M>> messages = new ArrayList<>();

    /**
     * One atomic step.
     *
     * @param state the state of the process after it
     * @param events how many events its process has performed after it
     * @param received the channel it receives along, or {@link #NONE}
     * @param sent the channels it sends along
     */
    record Step<S>(S state, long events, int received, List<Integer> sent) {

        /** This step, which has just been made, with one more send. */
        private Step<S> and(int channel, S after) {
            sent.add(channel);
            return new Step<>(after, events + 1, received, sent);
        }
    }

    History(Topology topology, GlobalState<S, M> initial) {
        this.initial = initial;
        processes = topology.processes().asList();
        channels = ImmutableList.copyOf(topology.channels());
        for (ProcessId p : processes) {
            checkArgument(initial.processes().containsKey(p), "%s has no initial state", p);
            processNumbers.put(p, processNumbers.size());
            steps.add(new ArrayList<>());
        }
        sender = new int[channels.size()];
        receiver = new int[channels.size()];
        for (Channel c : channels) {
            int number = channelNumbers.size();
            sender[number] = processNumber(c.from());
            receiver[number] = processNumber(c.to());
            channelNumbers.put(c, number);
            messages.add(new ArrayList<>(
                    initial.channels().getOrDefault(c, ImmutableList.of())));
        }
    }

    /** Appends an event to the log of its process. */
    void add(Environment<S, M> event) {
        List<Step<S>> log = steps.get(processNumber(event.process()));
        Step<S> last = log.isEmpty() ? null : log.get(log.size() - 1);
        long events = last == null ? 1 : last.events + 1;
        int received = NONE;
        List<Integer> sent = new ArrayList<>(0);
        if (event instanceof Send<S, M> send) {
            int channel = channelNumber(send.channel());
            messages.get(channel).add(send.message());
            if (send.sameStep() && last != null) {
                log.set(log.size() - 1, last.and(channel, send.state()));
                return;
            }
            sent.add(channel);
        } else if (event instanceof Receive<S, M> receive) {
            received = channelNumber(receive.channel());
        }
        log.add(new Step<>(event.state(), events, received, sent));
    }

    int processNumber(ProcessId p) {
        Integer number = processNumbers.get(p);
        checkArgument(number != null, "there is no process %s", p);
        return requireNonNull(number);
    }

    int channelNumber(Channel c) {
        Integer number = channelNumbers.get(c);
        checkArgument(number != null, "there is no channel %s", c);
        return requireNonNull(number);
    }

    /** How many steps the process performs in all. */
    int steps(int process) {
        return steps.get(process).size();
    }

    /** The step of that number, from 0. */
    Step<S> step(int process, int number) {
        return steps.get(process).get(number);
    }

    /** The state of the process after so many steps. */
    S state(int process, int after) {
        return after == 0
                ? requireNonNull(initial.processes().get(processes.get(process)))
                : step(process, after - 1).state();
    }

    /** How many events the process has performed after so many steps. */
    long events(int process, int after) {
        return after == 0 ? 0 : step(process, after - 1).events();
    }

    /** How many messages the channel holds initially. */
    int initially(int channel) {
        return initial.channels().getOrDefault(channels.get(channel), ImmutableList.of()).size();
    }

    /** All messages of the channel, those that it holds initially first. */
    List<M> messages(int channel) {
        return messages.get(channel);
    }

    /** The cut at which each process has performed so many steps, counted in events. */
    ImmutableSortedMap<ProcessId, Long> cut(int[] steps) {
        ImmutableSortedMap.Builder<ProcessId, Long> cut = ImmutableSortedMap.naturalOrder();
        for (int p = 0; p < steps.length; p++) {
            cut.put(processes.get(p), events(p, steps[p]));
        }
        return cut.buildOrThrow();
    }
}
