package org.chandylamport.check;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event;
import org.chandylamport.model.Event.Receive;
import org.chandylamport.model.Event.Send;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Topology;
import org.jspecify.annotations.Nullable;

/**
 * The logs of all processes, put into one linear order as they come: each process's events in its
 * own order, and the k-th receive along a channel after the k-th send. What a channel holds
 * initially counts as sent first.
 *
 * <p>A process whose next event is a receive of what is not sent yet waits, and its later events
 * are pending; every other event is passed on at once. An event costs the same, on the average,
 * however many processes there are and however many wait.
 */
public final class Linearization<S, M> {

    private final Map<ProcessId, Log<S, M>> logs = new LinkedHashMap<>();
    private final Map<Channel, Supply<S, M>> supplies = new HashMap<>();
    private final Consumer<? super Event<S, M>> sink;
    private final Deque<Log<S, M>> ready = new ArrayDeque<>();
    private final SortedSet<ProcessId> awaited = new TreeSet<>();
    private long pending;

    /** A linearization that passes events on to the given sink; it must not call back. */
    public Linearization(
            Topology topology, GlobalState<S, M> initial, Consumer<? super Event<S, M>> sink) {
        this.sink = sink;
        topology.processes().forEach(p -> logs.put(p, new Log<>(p)));
        for (Channel c : topology.channels()) {
            Supply<S, M> supply = new Supply<>(log(c.from()), log(c.to()));
            supply.inTransit = initial.channels().getOrDefault(c, ImmutableList.of()).size();
            supply.receiver.inTransit += supply.inTransit;
            supply.sender.outgoing.add(supply);
            supplies.put(c, supply);
        }
    }

    /**
     * Appends an event to the log of its process, and passes on whatever is enabled now.
     *
     * @throws IllegalArgumentException if the topology lacks its process or channel
     */
    public void add(Event<S, M> event) {
        Log<S, M> log = log(event.process());
        checkArgument(!log.ended, "the log of %s has ended", log.process);
        Supply<S, M> lacking = lacking(event);
        if (log.lacking == null) {
            if (lacking == null) {
                emit(event);
                drain();
                return;
            }
            await(log, lacking);
        }
        log.pending.add(event);
        pending++;
    }

    /** Says that the log of p has no more events: nobody waits for what p never sends. */
    public void ended(ProcessId p) {
        end(log(p));
        drain();
    }

    /** Ends all logs, and passes on what is left, receives before their sends if need be. */
    public void end() {
        logs.values().forEach(this::end);
        drain();
        for (Log<S, M> log : logs.values()) {
            while (log.lacking != null) {
                ready(log);
                emitPending(log);
                drain();
            }
        }
    }

    /**
     * The processes whose next events are waited for, because another process receives what they
     * have not sent yet; without those that wait themselves. A view, which changes as events come.
     */
    public SortedSet<ProcessId> awaited() {
        return Collections.unmodifiableSortedSet(awaited);
    }

    /** How many events wait, and have not been passed on. */
    public long pending() {
        return pending;
    }

    /** How many messages have been sent to p, and not received, by the events passed on. */
    public long inTransitTo(ProcessId p) {
        return log(p).inTransit;
    }

    private void emit(Event<S, M> event) {
        if (event instanceof Send<S, M> send) {
            Supply<S, M> supply = supply(send.channel());
            supply.inTransit++;
            supply.receiver.inTransit++;
            if (supply.receiver.lacking == supply && supply.inTransit > 0) {
                ready(supply.receiver);
            }
        } else if (event instanceof Receive<S, M> receive) {
            Supply<S, M> supply = supply(receive.channel());
            supply.inTransit--;
            supply.receiver.inTransit--;
        }
        sink.accept(event);
    }

    private void drain() {
        for (Log<S, M> log = ready.poll(); log != null; log = ready.poll()) {
            while (log.lacking == null && !log.pending.isEmpty()) {
                Supply<S, M> lacking = lacking(log.pending.element());
                if (lacking != null) {
                    await(log, lacking);
                } else {
                    emitPending(log);
                }
            }
            releaseReceivers(log);
        }
    }

    private void emitPending(Log<S, M> log) {
        pending--;
        emit(log.pending.remove());
    }

    /** The supply that must grow first, or null if the event is enabled or would wait in vain. */
    private @Nullable Supply<S, M> lacking(Event<S, M> event) {
        if (event instanceof Send<S, M> send) {
            supply(send.channel());
        } else if (event instanceof Receive<S, M> receive) {
            Supply<S, M> supply = supply(receive.channel());
            boolean inVain = supply.sender == supply.receiver || supply.sender.isExhausted();
            return supply.inTransit > 0 || inVain ? null : supply;
        } else if (event instanceof Event.ReceiveMarker<S, M> receive) {
            supply(receive.channel());
        }
        return null;
    }

    private void await(Log<S, M> log, Supply<S, M> supply) {
        log.lacking = supply;
        supply.sender.awaitedBy++;
        update(supply.sender);
        update(log);
    }

    private void ready(Log<S, M> log) {
        Supply<S, M> supply = requireNonNull(log.lacking);
        log.lacking = null;
        supply.sender.awaitedBy--;
        update(supply.sender);
        update(log);
        ready.add(log);
    }

    private void update(Log<S, M> log) {
        if (log.awaitedBy > 0 && log.lacking == null) {
            awaited.add(log.process);
        } else {
            awaited.remove(log.process);
        }
    }

    private void end(Log<S, M> log) {
        log.ended = true;
        releaseReceivers(log);
    }

    private void releaseReceivers(Log<S, M> log) {
        if (log.isExhausted() && log.awaitedBy > 0) {
            for (Supply<S, M> supply : log.outgoing) {
                if (supply.receiver.lacking == supply) {
                    ready(supply.receiver);
                }
            }
        }
    }

    private Log<S, M> log(ProcessId p) {
        Log<S, M> log = logs.get(p);
        if (log == null) {
            throw new IllegalArgumentException("there is no process " + p);
        }
        return log;
    }

    private Supply<S, M> supply(Channel c) {
        Supply<S, M> supply = supplies.get(c);
        if (supply == null) {
            throw new IllegalArgumentException("there is no channel " + c);
        }
        return supply;
    }

    private static final class Log<S, M> {
        final ProcessId process;
        final Deque<Event<S, M>> pending = new ArrayDeque<>(0);
        final Deque<Supply<S, M>> outgoing = new ArrayDeque<>(2);
        /** What its next event waits for; null if nothing is pending. */
        @Nullable Supply<S, M> lacking;
        int awaitedBy;
        long inTransit;
        boolean ended;

        Log(ProcessId process) {
            this.process = process;
        }

        boolean isExhausted() {
            return ended && pending.isEmpty();
        }
    }

    /** One channel: sends passed on, less receives passed on. */
    private static final class Supply<S, M> {
        final Log<S, M> sender;
        final Log<S, M> receiver;
        long inTransit;

        Supply(Log<S, M> sender, Log<S, M> receiver) {
            this.sender = sender;
            this.receiver = receiver;
        }
    }
}
