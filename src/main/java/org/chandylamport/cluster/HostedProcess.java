package org.chandylamport.cluster;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.chandylamport.cluster.ProcessMessage.Take;
import org.chandylamport.cluster.Wire.Batch;
import org.chandylamport.model.Event;
import org.chandylamport.model.Marker;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.protocol.BrokenChannelException;
import org.chandylamport.protocol.ChandyLamport;
import org.chandylamport.protocol.Effects;
import org.chandylamport.protocol.Recording;
import org.chandylamport.protocol.Superposition;
import org.jspecify.annotations.Nullable;

/**
 * One process of the network: the core, its behavior, and the ends of its channels. Confined to the
 * actor of the process.
 *
 * <p>It takes no step while one of its outgoing channels is full: what it would send must find
 * room. Markers are received all the same, and sent on: a full channel delays a snapshot by what
 * stands before the marker, and no more.
 */
final class HostedProcess<S, M> implements Effects<S, M> {

    /** How much a process does before its actor looks at what has come meanwhile. */
    private static final int TURN = 64;

    private final ProcessId id;
    private final Hosting<S, M> hosting;
    private final ChandyLamport<S, M> core;
    private final Superposition<S, M> superposition;
    private final ImmutableList<OutgoingEnd<M>> outgoing;
    private final ImmutableMap<String, OutgoingEnd<M>> byName;
    private final ImmutableMap<String, IncomingEnd<M>> incoming;
    private final Queue<IncomingEnd<M>> withMessage = new ArrayDeque<>();
    private final Queue<IncomingEnd<M>> withMarker = new ArrayDeque<>();
    private final Queue<Take<S, M>> requests = new ArrayDeque<>();
    private final Map<SnapshotId, Recording<S, M>> live = new TreeMap<>();
    private boolean isRunning;
    private boolean isInitiating;
    private long steps;

    HostedProcess(ProcessId id, Hosting<S, M> hosting) {
        this.id = id;
        this.hosting = hosting;
        this.outgoing = hosting.topology().outgoing(id).stream()
                .map(c -> new OutgoingEnd<>(c, hosting.messages(), hosting.capacity()))
                .collect(ImmutableList.toImmutableList());
        this.byName = Maps.uniqueIndex(outgoing, OutgoingEnd::toString);
        this.core = new ChandyLamport<>(id, requireNonNull(hosting.initial().processes().get(id)),
                hosting.topology().incoming(id), outgoing, this);
        this.superposition = new Superposition<>(
                id, core, hosting.behaviors().apply(id), outgoing);
        this.incoming = core.incoming().stream().collect(ImmutableMap.toImmutableMap(
                c -> c.channel().name(), c -> new IncomingEnd<>(c, hosting.messages())));
    }

    ProcessId id() {
        return id;
    }

    ImmutableList<OutgoingEnd<M>> outgoing() {
        return outgoing;
    }

    /** The outgoing channels whose receiver has never asked for anything. */
    ImmutableList<OutgoingEnd<M>> unconnected() {
        return outgoing.stream().filter(c -> !c.isConnected())
                .collect(ImmutableList.toImmutableList());
    }

    /** There is room for one more batch in an outgoing channel. */
    void demand(String channel, ActorRef<Batch> sendNextTo) {
        requireNonNull(byName.get(channel), channel).demand(sendNextTo::tell);
    }

    /** Starts to take steps, with what the channels hold at the start ahead of all else. */
    void start() {
        outgoing.forEach(c -> hosting.initial().channels()
                .getOrDefault(c.channel(), ImmutableList.of()).forEach(c::send));
        isRunning = true;
    }

    /** Stops taking steps, for good. */
    void halt(Throwable reason) {
        isRunning = false;
        requests.forEach(request -> request.done().accept(null, reason));
        requests.clear();
    }

    /** Keeps what has arrived until its turn comes. */
    void arrived(String channel, Batch batch, boolean isChecked, Runnable taken) {
        IncomingEnd<M> end = requireNonNull(incoming.get(channel), channel);
        boolean isFirst = end.peek() == null;
        try {
            end.arrived(batch, isChecked, taken);
        } finally {
            if (isFirst) {
                queue(end);
            }
        }
    }

    private void queue(IncomingEnd<M> end) {
        Object next = end.peek();
        if (next != null) {
            (next instanceof Marker ? withMarker : withMessage).add(end);
        }
    }

    /** Takes a step that is given from outside when its turn comes. */
    void request(Take<S, M> request) {
        requests.add(request);
    }

    /** Initiates a snapshot, unless it has come here already. */
    void record(SnapshotId s) {
        isInitiating = true;
        core.recordState(s);
        isInitiating = false;
    }

    /** Gives a snapshot up. */
    void abandon(SnapshotId s) {
        live.remove(s);
        core.abandon(s);
    }

    /**
     * Runs the process until it can do nothing or its turn is over.
     *
     * @return whether another turn has something to do: to flush what was sent, or to go on
     */
    boolean run() {
        int left = TURN;
        while (left > 0 && isRunning && step()) {
            left--;
        }
        return left == 0 || outgoing.stream().anyMatch(OutgoingEnd::canFlush);
    }

    /** Hands on what was sent, as far as there is room. */
    void flush() {
        outgoing.forEach(OutgoingEnd::flush);
    }

    private boolean step() {
        IncomingEnd<M> end = withMarker.poll();
        if (end != null) {
            receive(end);
            return true;
        }
        if (full() != null) {
            return false;
        }
        boolean isDone = takeRequested() || receiveMessage();
        if (full() == null && superposition.hasInternal()) {
            superposition.internal();
            isDone = true;
        }
        steps += isDone ? 1 : 0;
        return isDone;
    }

    private boolean receiveMessage() {
        IncomingEnd<M> end = withMessage.poll();
        if (end == null) {
            return false;
        }
        receive(end);
        hosting.received().increment();
        return true;
    }

    private void receive(IncomingEnd<M> end) {
        Object messageOrMarker = end.take();
        queue(end);
        superposition.receive(end.incoming(), messageOrMarker);
    }

    private boolean takeRequested() {
        Take<S, M> request = requests.poll();
        if (request == null) {
            return false;
        }
        try {
            superposition.internal(request.step());
        } catch (BrokenChannelException e) {
            request.done().accept(null, e);
            throw e;
        } catch (RuntimeException e) {
            request.done().accept(null, e);
            return true;
        }
        request.done().accept(core.state(), null);
        return true;
    }

    /** An outgoing channel that has no room, or null. */
    private @Nullable OutgoingEnd<M> full() {
        for (OutgoingEnd<M> c : outgoing) {
            if (c.isFull()) {
                return c;
            }
        }
        return null;
    }

    /** How things are, for whoever asks why a snapshot is not complete. */
    ProcessStatus status() {
        OutgoingEnd<M> full = full();
        Map<Long, ImmutableList<String>> awaiting = new HashMap<>();
        live.forEach((s, recording) -> awaiting.put(s.number(), recording.awaitingMarker().stream()
                .map(Object::toString).collect(ImmutableList.toImmutableList())));
        return new ProcessStatus(id.name(),
                full == null ? null : new Wire.Blocked(full.channel().name(), steps),
                ImmutableMap.copyOf(awaiting));
    }

    @Override
    public void recording(Recording<S, M> recording) {
        live.put(recording.snapshot(), recording);
        hosting.recorded(recording, isInitiating);
    }

    @Override
    public void complete(Recording<S, M> recording) {
        live.remove(recording.snapshot());
        hosting.complete(recording);
    }

    @Override
    public @Nullable Consumer<Event<S, M>> log() {
        return hosting.log();
    }
}
