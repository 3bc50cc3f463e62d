package org.chandylamport.protocol;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event;
import org.chandylamport.model.Event.Abandon;
import org.chandylamport.model.Event.Internal;
import org.chandylamport.model.Event.Receive;
import org.chandylamport.model.Event.ReceiveMarker;
import org.chandylamport.model.Event.RecordState;
import org.chandylamport.model.Event.Send;
import org.chandylamport.model.Marker;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.jspecify.annotations.Nullable;

/**
 * The Chandy-Lamport algorithm at one process (Chandy and Lamport, Distributed Snapshots, ACM TOCS
 * 3(1), 1985, section 3). It stands beside {@code spec/ChandyLamport.tla}: the methods are the
 * actions of the specification, in its order.
 *
 * <p>Any number of snapshots may be recorded at the same time, each initiated by any number of
 * processes. Each method is one atomic action: it changes this process's state, and then sends
 * along {@link Outgoing} channels and reports to {@link Effects}. Receiving a message costs the
 * same however many snapshots are live, and allocates nothing while none is.
 *
 * <p>Deterministic, and confined to one thread at a time.
 *
 * @param <S> states of the process, immutable
 * @param <M> messages, immutable
 */
public final class ChandyLamport<S, M> {

    private final ProcessId p;
    private final ImmutableList<Incoming<M>> incoming;
    private final ImmutableList<Outgoing<M>> outgoing;
    private final Effects<S, M> effects;
    private final @Nullable Consumer<Event<S, M>> log;

    private S state;
    private Map<SnapshotId, Recording<S, M>> recordings = new HashMap<>();
    private final Ended ended = new Ended();

    /** The process p in its initial state, with all channels that lead to it and away from it. */
    public ChandyLamport(ProcessId p, S initial, List<Channel> incoming,
            List<? extends Outgoing<M>> outgoing, Effects<S, M> effects) {
        this.p = p;
        this.state = initial;
        this.incoming = Incoming.of(this, incoming);
        this.outgoing = ImmutableList.copyOf(outgoing);
        this.effects = effects;
        this.log = effects.log();
    }

    // Environment: the underlying computation, observed.

    /** Internal: p changes its state. */
    public void internal(S after) {
        state = after;
        if (log != null) {
            log.accept(new Internal<>(p, after));
        }
    }

    /** Send: p sends a message along c, on its own or in the step of its event before. */
    public void send(Outgoing<M> c, M message, S after, boolean sameStep) {
        if (!sameStep) {
            state = after;
        }
        if (log != null) {
            log.accept(new Send<>(c.channel(), message, after, sameStep));
        }
        c.send(message);
    }

    /** Receive: p receives a message along c, which belongs to each recording that awaits c. */
    public void receive(Incoming<M> c, M message, S after) {
        c.requireOwner(this);
        c.append(message);
        state = after;
        if (log != null) {
            log.accept(new Receive<>(c.channel(), message, after));
        }
    }

    // System: the algorithm.

    /**
     * RecordState, the Marker-Sending Rule: p records its state, and sends one marker along each
     * outgoing channel before any further message. Without effect once p has recorded, or the
     * snapshot has ended here.
     *
     * @return whether p has recorded its state now
     */
    public boolean recordState(SnapshotId s) {
        if (recordings.containsKey(s) || ended.contains(s)) {
            return false;
        }
        record(new Marker(s));
        return true;
    }

    /**
     * ReceiveMarker, the Marker-Receiving Rule: p records its state if it has not yet, and closes
     * c. Where c brings the first marker, its state is the empty sequence, because c was opened a
     * moment ago: both branches of the paper's rule are this one. A marker of an abandoned snapshot
     * has no effect.
     *
     * @throws IllegalStateException if it is the second marker of its snapshot along c
     */
    public void receiveMarker(Incoming<M> c, Marker marker) {
        c.requireOwner(this);
        SnapshotId s = marker.snapshot();
        Recording<S, M> recording = recordings.get(s);
        if (recording == null && !ended.contains(s)) {
            recording = record(marker);
        }
        if (recording == null ? !ended.isAbandoned(s) : !recording.isAwaited(c)) {
            throw new IllegalStateException(
                    p + " receives a second marker of snapshot " + s + " along channel " + c);
        }
        if (log != null) {
            log.accept(new ReceiveMarker<>(c.channel(), s));
        }
        if (recording != null) {
            recording.close(c);
            endIfComplete(recording);
        }
    }

    /**
     * Abandon: p gives the snapshot up and forgets what it recorded for it. Markers that still
     * arrive have no effect. Without effect if the snapshot has ended here.
     *
     * @return whether p has given it up now
     */
    public boolean abandon(SnapshotId s) {
        if (ended.contains(s)) {
            return false;
        }
        Optional.ofNullable(recordings.remove(s)).ifPresent(Recording::abandon);
        ended.abandon(s);
        if (log != null) {
            log.accept(new Abandon<>(p, s));
        }
        return true;
    }

    private Recording<S, M> record(Marker marker) {
        Recording<S, M> recording = new Recording<>(marker.snapshot(), p, state, incoming);
        recordings.put(marker.snapshot(), recording);
        if (log != null) {
            log.accept(new RecordState<>(p, marker.snapshot()));
        }
        effects.recording(recording);
        for (Outgoing<M> c : outgoing) {
            c.sendMarker(marker);
        }
        endIfComplete(recording);
        return recording;
    }

    private void endIfComplete(Recording<S, M> recording) {
        if (recording.isComplete()) {
            recordings.remove(recording.snapshot());
            ended.complete(recording.snapshot());
            effects.complete(recording);
        }
    }

    /** The state of p in the underlying computation. */
    public S state() {
        return state;
    }

    @Override
    public String toString() {
        return p.toString();
    }

    /** The channels that lead to p, in order. */
    public ImmutableList<Incoming<M>> incoming() {
        return incoming;
    }

    /** The state of the algorithm at p, copied. */
    public Value<S, M> value() {
        return new Value<>(state, ImmutableSortedMap.copyOf(
                Maps.transformValues(recordings, Recording::value)), ended.value());
    }

    /** Puts p into the given state, as if it had got there on its own; nothing is sent. */
    public void set(Value<S, M> value) {
        state = value.state();
        ended.set(value.ended());
        recordings = Recording.restore(p, value.recordings(), incoming);
    }

    /**
     * The state of the algorithm at one process, as a value.
     *
     * @param state its state in the underlying computation
     * @param recordings what it has recorded for each snapshot that is live here
     * @param ended the snapshots that are complete or abandoned here
     */
    public record Value<S, M>(S state,
            ImmutableSortedMap<SnapshotId, Recording.Value<S, M>> recordings, Ended.Value ended) {}
}
