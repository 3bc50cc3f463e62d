package org.chandylamport.sim;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Marker;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.protocol.Recording;
import org.jspecify.annotations.Nullable;

/**
 * The invariants of the specification, a method each, with its names. They hold of every state that
 * the system can reach; {@link #recordedOnce} holds of every step.
 *
 * <p>All but that speak of one channel and its ends, or of one process. They can be asked of a part
 * of a state, which need only have the ends of the channels that it has, and hold of the whole if
 * they hold of all its parts.
 */
public final class Invariants<S, M> {

    private final Setup<S, M> setup;
    private final ImmutableSet<SnapshotId> snapshots;
    private final ImmutableMap<String, Predicate<SystemState<S, M>>> all;

    /** The invariants of the system. */
    public Invariants(Setup<S, M> setup) {
        this.setup = setup;
        this.snapshots = setup.initiators().keySet();
        this.all = ImmutableMap.of(
                "TypeOK", this::typeOK,
                "AtMostOneMarker", this::atMostOneMarker,
                "MarkerFollowsRecording", this::markerFollowsRecording,
                "ClosedImpliesBothRecorded", this::closedImpliesBothRecorded,
                "Consistent", this::consistent);
    }

    /** The name of an invariant that does not hold of the state; null if all hold. */
    public @Nullable String violated(SystemState<S, M> state) {
        for (Map.Entry<String, Predicate<SystemState<S, M>>> invariant : all.entrySet()) {
            if (!invariant.getValue().test(state)) {
                return invariant.getKey();
            }
        }
        return null;
    }

    /**
     * Channels hold messages and markers of known snapshots; a process records all its incoming
     * channels and awaits markers of these; it holds a recording while it awaits any.
     */
    public boolean typeOK(SystemState<S, M> state) {
        return state.channels().values().stream().flatMap(ImmutableList::stream).allMatch(item ->
                        !(item instanceof Marker marker) || snapshots.contains(marker.snapshot()))
                && state.processes().entrySet().stream().allMatch(entry ->
                        typeOK(entry.getKey(), entry.getValue()));
    }

    private boolean typeOK(ProcessId p, ProcessState<S, M> state) {
        ImmutableSet<Channel> incoming = ImmutableSet.copyOf(setup.topology().incoming(p));
        return Stream.of(state.core().recordings(), state.complete()).allMatch(recordings ->
                snapshots.containsAll(recordings.keySet())
                        && recordings.values().stream().allMatch(recording ->
                                recording.channels().keySet().equals(incoming)
                                        && incoming.containsAll(recording.awaitingMarker())))
                && state.core().recordings().entrySet().stream().allMatch(live ->
                        !live.getValue().awaitingMarker().isEmpty()
                                && !state.core().ended().contains(live.getKey()))
                && snapshots.stream().allMatch(s -> state.core().ended().contains(s)
                        == (state.complete().containsKey(s) || state.hasAbandoned(s)))
                && state.complete().values().stream().allMatch(recording ->
                        recording.awaitingMarker().isEmpty());
    }

    /** In a channel, for a snapshot; none is left once the channel is closed. */
    public boolean atMostOneMarker(SystemState<S, M> state) {
        return forAll(state, (s, c) ->
                state.markersIn(s, c) <= (isClosed(state, s, c) ? 0 : 1));
    }

    /**
     * A marker in c or received along c implies that {@code c.from()} has recorded, and conversely.
     * (Had, where it gave the snapshot up afterwards.)
     */
    public boolean markerFollowsRecording(SystemState<S, M> state) {
        return forAll(state, (s, c) -> {
            boolean sent = state.markersIn(s, c) > 0 || isClosed(state, s, c);
            boolean recorded = isRecorded(state, s, c.from());
            return (!sent || recorded || state.hasAbandoned(s, c.from()))
                    && (!recorded || sent || state.hasAbandoned(s, c.to()));
        });
    }

    /** (Or {@code c.from()} had recorded, and gave the snapshot up afterwards.) */
    public boolean closedImpliesBothRecorded(SystemState<S, M> state) {
        return forAll(state, (s, c) -> !isClosed(state, s, c)
                || isRecorded(state, s, c.to())
                        && (isRecorded(state, s, c.from()) || state.hasAbandoned(s, c.from())));
    }

    /**
     * What had been sent along c when {@code c.from()} recorded is what had been received when
     * {@code c.to()} recorded, followed by the recorded state of c: these messages, in this order,
     * and no others. Holds where the underlying computation's states do not tell.
     */
    public boolean consistent(SystemState<S, M> state) {
        return forAll(state, (s, c) -> {
            S from = state.recordedState(s, c.from());
            S to = state.recordedState(s, c.to());
            if (from == null || to == null || !isClosed(state, s, c)) {
                return true;
            }
            ImmutableList<M> sent = setup.underlying(c.from()).sent(from, c);
            ImmutableList<M> received = setup.underlying(c.to()).received(to, c);
            return sent == null || received == null || sent.equals(ImmutableList.builder()
                    .addAll(received).addAll(state.recordedChannel(s, c)).build());
        });
    }

    /**
     * A recorded state never changes, nor does that of a closed channel; they can only be given up,
     * and only while their process awaits a marker.
     */
    public boolean recordedOnce(SystemState<S, M> before, SystemState<S, M> after) {
        return before.processes().keySet().stream().allMatch(p -> snapshots.stream().allMatch(s ->
                recordedOnce(s, before.process(p), after.process(p))));
    }

    private static <S, M> boolean recordedOnce(
            SnapshotId s, ProcessState<S, M> before, ProcessState<S, M> after) {
        Recording.Value<S, M> old = before.recording(s);
        if (old == null) {
            return true;
        } else if (after.hasAbandoned(s)) {
            return !old.awaitingMarker().isEmpty();
        }
        Recording.Value<S, M> now = after.recording(s);
        return now != null
                && now.state().equals(old.state())
                && old.channels().keySet().stream()
                        .filter(c -> !old.awaitingMarker().contains(c))
                        .allMatch(c -> !now.awaitingMarker().contains(c)
                                && requireNonNull(now.channels().get(c))
                                        .equals(old.channels().get(c)));
    }

    private boolean isRecorded(SystemState<S, M> state, SnapshotId s, ProcessId p) {
        return state.recordedState(s, p) != null;
    }

    private boolean isClosed(SystemState<S, M> state, SnapshotId s, Channel c) {
        return isRecorded(state, s, c.to()) && !state.awaitingMarker(s, c.to()).contains(c);
    }

    private boolean forAll(SystemState<S, M> state, ChannelStatement statement) {
        return snapshots.stream().allMatch(s ->
                state.channels().keySet().stream().allMatch(c -> statement.holds(s, c)));
    }

    @FunctionalInterface
    private interface ChannelStatement {
        boolean holds(SnapshotId s, Channel c);
    }
}
