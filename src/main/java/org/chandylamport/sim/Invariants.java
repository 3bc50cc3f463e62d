package org.chandylamport.sim;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Map;
import java.util.function.Predicate;
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
        for (ImmutableList<Object> contents : state.channels().values()) {
            for (Object item : contents) {
                if (item instanceof Marker marker && !snapshots.contains(marker.snapshot())) {
                    return false;
                }
            }
        }
        for (Map.Entry<ProcessId, ProcessState<S, M>> entry : state.processes().entrySet()) {
            if (!typeOK(entry.getKey(), entry.getValue())) {
                return false;
            }
        }
        return true;
    }

    private boolean typeOK(ProcessId p, ProcessState<S, M> state) {
        int recordings = 0;
        for (SnapshotId s : snapshots) {
            Recording.Value<S, M> live = state.core().recordings().get(s);
            Recording.Value<S, M> complete = state.complete().get(s);
            boolean ended = state.core().ended().contains(s);
            if (ended != (complete != null || state.hasAbandoned(s))
                    || (live != null && (ended || live.awaitingMarker().isEmpty()))
                    || (complete != null && !complete.awaitingMarker().isEmpty())
                    || !hasChannelsOf(p, live)
                    || !hasChannelsOf(p, complete)) {
                return false;
            }
            recordings += live != null || complete != null ? 1 : 0;
        }
        return recordings == state.core().recordings().size() + state.complete().size();
    }

    private boolean hasChannelsOf(ProcessId p, Recording.@Nullable Value<S, M> recording) {
        return recording == null
                || (recording.channels().keySet().asList().equals(setup.topology().incoming(p))
                        && recording.channels().keySet().containsAll(recording.awaitingMarker()));
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
                || (isRecorded(state, s, c.to())
                        && (isRecorded(state, s, c.from()) || state.hasAbandoned(s, c.from()))));
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
        for (SnapshotId s : snapshots) {
            for (Channel c : state.channels().keySet()) {
                if (!statement.holds(s, c)) {
                    return false;
                }
            }
        }
        return true;
    }

    @FunctionalInterface
    private interface ChannelStatement {
        boolean holds(SnapshotId s, Channel c);
    }
}
