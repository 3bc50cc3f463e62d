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
import org.chandylamport.model.Event.ReceiveMarker;
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
        Supply<S, M> supply = supply(event);
        if (!log.isWaiting && isEnabled(event, supply)) {
            emit(event, supply);
            drain();
            return;
        }
        if (!log.isWaiting) {
            await(requireNonNull(supply));
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
            while (log.isWaiting) {
                Supply<S, M> supply = requireNonNull(supply(log.pending.element()));
                ready(supply);
                emitPending(log, supply);
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

    private void emit(Event<S, M> event, @Nullable Supply<S, M> supply) {
        if (supply != null) {
            int more = event instanceof Send ? 1 : event instanceof Receive ? -1 : 0;
            supply.inTransit += more;
            supply.receiver.inTransit += more;
            if (supply.isAwaited && supply.inTransit > 0) {
                ready(supply);
            }
        }
        sink.accept(event);
    }

    private void drain() {
        for (Log<S, M> log = ready.poll(); log != null; log = ready.poll()) {
            while (!log.isWaiting && !log.pending.isEmpty()) {
                Event<S, M> event = log.pending.element();
                Supply<S, M> supply = supply(event);
                if (isEnabled(event, supply)) {
                    emitPending(log, supply);
                } else {
                    await(requireNonNull(supply));
                }
            }
            releaseReceivers(log);
        }
    }

    private void emitPending(Log<S, M> log, @Nullable Supply<S, M> supply) {
        pending--;
        emit(log.pending.remove(), supply);
    }

    /** Whether nothing must come before the event, or what must never will. */
    private static <S, M> boolean isEnabled(Event<S, M> event, @Nullable Supply<S, M> supply) {
        return supply == null || !(event instanceof Receive) || supply.inTransit > 0
                || supply.sender == supply.receiver || supply.sender.isExhausted();
    }

    /** The receiver waits for the supply to grow. */
    private void await(Supply<S, M> supply) {
        supply.isAwaited = true;
        supply.receiver.isWaiting = true;
        supply.sender.awaitedBy++;
        update(supply.sender);
        update(supply.receiver);
    }

    private void ready(Supply<S, M> supply) {
        supply.isAwaited = false;
        supply.receiver.isWaiting = false;
        supply.sender.awaitedBy--;
        update(supply.sender);
        update(supply.receiver);
        ready.add(supply.receiver);
    }

    private void update(Log<S, M> log) {
        if (log.awaitedBy > 0 && !log.isWaiting) {
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
                if (supply.isAwaited) {
                    ready(supply);
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

    /** The channel that a message or marker is sent or received along, or null if none is. */
    private @Nullable Supply<S, M> supply(Event<S, M> event) {
        Channel c = event instanceof Send<S, M> send ? send.channel()
                : event instanceof Receive<S, M> receive ? receive.channel()
                : event instanceof ReceiveMarker<S, M> receive ? receive.channel() : null;
        Supply<S, M> supply = c == null ? null : supplies.get(c);
        if (c != null && supply == null) {
            throw new IllegalArgumentException("there is no channel " + c);
        }
        return supply;
    }

    private static final class Log<S, M> {
        final ProcessId process;
        final Deque<Event<S, M>> pending = new ArrayDeque<>(0);
        final Deque<Supply<S, M>> outgoing = new ArrayDeque<>(2);
        /** Whether its next event waits for a supply; otherwise nothing is pending. */
        boolean isWaiting;
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
        /** Whether its receiver waits for it. */
        boolean isAwaited;

        Supply(Log<S, M> sender, Log<S, M> receiver) {
            this.sender = sender;
            this.receiver = receiver;
        }
    }
}
