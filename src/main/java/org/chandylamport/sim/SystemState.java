package org.chandylamport.sim;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Marker;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.jspecify.annotations.Nullable;

/**
 * A state of the whole system, that of the algorithm included: a state of the specification. Its
 * methods are the specification's variables.
 *
 * @param processes the state of each process
 * @param channels what each channel holds: messages and {@link Marker}s, first sent first
 */
public record SystemState<S, M>(
        ImmutableSortedMap<ProcessId, ProcessState<S, M>> processes,
        ImmutableSortedMap<Channel, ImmutableList<Object>> channels) {

    /** The state of the process. */
    public ProcessState<S, M> process(ProcessId p) {
        return requireNonNull(processes.get(p), p.name());
    }

    /** The state of the process in the underlying computation. */
    public S state(ProcessId p) {
        return process(p).core().state();
    }

    /** What the channel holds. */
    public ImmutableList<Object> channel(Channel c) {
        return requireNonNull(channels.get(c), c.name());
    }

    /** The state that p has recorded for s; null if it has not, or gave s up. */
    public @Nullable S recordedState(SnapshotId s, ProcessId p) {
        return process(p).recordedState(s);
    }

    /** The messages that have been recorded for the channel. */
    public ImmutableList<M> recordedChannel(SnapshotId s, Channel c) {
        return process(c.to()).recordedChannel(s, c);
    }

    /** The channels whose marker p awaits. */
    public Set<Channel> awaitingMarker(SnapshotId s, ProcessId p) {
        return process(p).awaitingMarker(s);
    }

    /** Whether p has given s up. */
    public boolean hasAbandoned(SnapshotId s, ProcessId p) {
        return process(p).hasAbandoned(s);
    }

    /** Whether every process has recorded its state and received all its markers. */
    public boolean isComplete(SnapshotId s) {
        return processes.values().stream().allMatch(p -> p.complete().containsKey(s));
    }

    /** How many markers of the snapshot the channel holds. */
    public int markersIn(SnapshotId s, Channel c) {
        int markers = 0;
        for (Object item : channel(c)) {
            markers += item instanceof Marker marker && marker.snapshot().equals(s) ? 1 : 0;
        }
        return markers;
    }

    /** Each process and each channel that is not empty, a line each. */
    @Override
    public String toString() {
        return Stream.concat(
                        processes.entrySet().stream(),
                        channels.entrySet().stream().filter(c -> !c.getValue().isEmpty()))
                .map(Object::toString)
                .collect(Collectors.joining("\n"));
    }
}
