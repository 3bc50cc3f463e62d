package org.chandylamport.check;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import org.chandylamport.check.Violation.Kind;
import org.chandylamport.model.Channel;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.jspecify.annotations.Nullable;

/**
 * The least consistent cut of a computation that has a wanted global state (Chase and Garg,
 * Detection of global predicates, Distributed Computing 11, 1998). The wanted states and contents
 * form a linear predicate: at a cut that does not have them, one can name a process that has to
 * advance before any later cut can. So only forced processes advance, one step at a time, and the
 * first cut that has all of it is the least.
 *
 * <p>What an advance touches is looked at again, nothing else: besides the comparison of contents,
 * the time is linear in the computation.
 */
final class LeastCut<S, M> {

    private final History<S, M> history;
    private final GlobalState<S, M> wanted;
    /** For each process, how many steps it has performed. */
    private final int[] steps;
    /** For each channel, how many messages were sent and received along it. */
    private final int[] sent;
    private final int[] received;

    /** For each process, the channel that last forced it to advance, and how many steps it took. */
    private final @Nullable Channel[] forcedBy;
    private final int[] forcedTo;
    /** Processes, and after them channels, that have to be looked at. */
    private final Deque<Integer> open = new ArrayDeque<>();
    private final BitSet isOpen = new BitSet();
    private @Nullable Violation violation;
    private @Nullable ProcessId exhausted;

    /** Searches the cut of a state that holds all processes and channels. */
    LeastCut(History<S, M> history, GlobalState<S, M> wanted) {
        this.history = history;
        this.wanted = wanted;
        int processes = history.processes.size();
        steps = new int[processes];
        forcedBy = new Channel[processes];
        forcedTo = new int[processes];
        sent = new int[history.channels.size()];
        received = new int[sent.length];
        for (int p = 0; p < processes; p++) {
            look(p);
        }
        for (int c = 0; c < sent.length; c++) {
            sent[c] = history.initially(c);
            look(processes + c);
        }
        search();
    }

    /** The cut reached: the least one with the wanted state, unless there is a violation. */
    ImmutableSortedMap<ProcessId, Long> cut() {
        return history.cut(steps);
    }

    /** What cannot be satisfied, or null if the cut has the wanted state. */
    @Nullable Violation violation() {
        return violation;
    }

    /** The process that would have to advance beyond its last step, or null if none would. */
    @Nullable ProcessId exhausted() {
        return exhausted;
    }

    private void search() {
        while (!open.isEmpty() && violation == null) {
            int next = open.remove();
            isOpen.clear(next);
            if (next < steps.length) {
                lookAtProcess(next);
            } else {
                lookAtChannel(next - steps.length);
            }
        }
    }

    private void lookAtProcess(int p) {
        ProcessId process = history.processes.get(p);
        S state = requireNonNull(wanted.processes().get(process));
        while (!history.state(p, steps[p]).equals(state)) {
            if (steps[p] == history.steps(p)) {
                fail(p, new Violation(Kind.UNREACHABLE, process, null, stateNeverThere(p, state)));
                return;
            }
            advance(p);
        }
    }

    private String stateNeverThere(int p, S state) {
        ProcessId process = history.processes.get(p);
        String fact = "the snapshot holds " + Violations.quote(state) + " for " + process + ", but "
                + process + " is not in that state ";
        Channel c = forcedBy[p];
        if (c == null) {
            return fact + "at any point of its log";
        }
        return fact + "after " + history.events(p, forcedTo[p]) + " or more events, and with less"
                + " the content of " + c + " is not what the snapshot holds";
    }

    private void lookAtChannel(int c) {
        Channel channel = history.channels.get(c);
        ImmutableList<M> content = wanted.channels().getOrDefault(channel, ImmutableList.of());
        int held = sent[c] - received[c];
        if (held < content.size()) {
            force(history.sender[c], c, content);
        } else if (held > content.size()
                || !history.messages(c).subList(received[c], sent[c]).equals(content)) {
            // Of the same length but different, it has to move on: both ends are forced.
            force(history.receiver[c], c, content);
        }
    }

    private void force(int p, int c, ImmutableList<M> content) {
        Channel channel = history.channels.get(c);
        if (steps[p] == history.steps(p)) {
            fail(p, new Violation(Kind.UNREACHABLE, null, channel, "the snapshot holds "
                    + content.size() + " messages " + Violations.quote(content) + " in " + channel
                    + ", but at the end of the log of " + history.processes.get(p) + " "
                    + channel.from() + " has sent " + sent[c] + " messages along it and "
                    + channel.to() + " has received " + received[c]
                    + ", and no earlier cut has what the snapshot holds"));
            return;
        }
        forcedBy[p] = channel;
        advance(p);
        forcedTo[p] = steps[p];
        look(p);
        look(steps.length + c);
    }

    private void fail(int p, Violation reason) {
        violation = reason;
        exhausted = history.processes.get(p);
    }

    private void advance(int p) {
        History.Step<S> step = history.step(p, steps[p]++);
        if (step.received() != History.NONE) {
            received[step.received()]++;
            look(steps.length + step.received());
        }
        for (int c : step.sent()) {
            sent[c]++;
            look(steps.length + c);
        }
    }

    private void look(int next) {
        if (!isOpen.get(next)) {
            isOpen.set(next);
            open.add(next);
        }
    }
}
