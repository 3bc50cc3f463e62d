package org.chandylamport.sim;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import java.util.stream.Stream;
import org.chandylamport.model.Channel;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.protocol.ChandyLamport;
import org.chandylamport.protocol.Recording;
import org.jspecify.annotations.Nullable;

/**
 * The state of one process: what its core holds, and the recordings that are complete and that the
 * core has handed over. Together they are what the specification's variables hold of the process.
 */
public record ProcessState<S, M>(
        ChandyLamport.Value<S, M> core,
        ImmutableSortedMap<SnapshotId, Recording.Value<S, M>> complete) {

    /** The state of a process that holds the value and has handed the recordings over. */
    static <S, M> ProcessState<S, M> of(
            ChandyLamport.Value<S, M> core, Stream<Recording<S, M>> complete) {
        return new ProcessState<>(core, complete.collect(ImmutableSortedMap.toImmutableSortedMap(
                SnapshotId::compareTo, Recording::snapshot, Recording::value)));
    }

    /** What it has recorded for the snapshot, complete or not; null if it has not, or gave up. */
    public Recording.@Nullable Value<S, M> recording(SnapshotId s) {
        Recording.Value<S, M> live = core.recordings().get(s);
        return live != null ? live : complete.get(s);
    }

    /** The state that it has recorded for the snapshot; null if it has not, or gave up. */
    public @Nullable S recordedState(SnapshotId s) {
        Recording.Value<S, M> recording = recording(s);
        return recording == null ? null : recording.state();
    }

    /** The messages recorded for an incoming channel; none if it has not recorded, or gave up. */
    public ImmutableList<M> recordedChannel(SnapshotId s, Channel c) {
        Recording.Value<S, M> recording = recording(s);
        ImmutableList<M> messages = recording == null ? null : recording.channels().get(c);
        return messages == null ? ImmutableList.of() : messages;
    }

    /** The channels whose marker it awaits; none if it has not recorded, or gave up. */
    public ImmutableSet<Channel> awaitingMarker(SnapshotId s) {
        Recording.Value<S, M> recording = recording(s);
        return recording == null ? ImmutableSet.of() : recording.awaitingMarker();
    }

    /** Whether it has given the snapshot up. */
    public boolean hasAbandoned(SnapshotId s) {
        return core.ended().isAbandoned(s);
    }

    @Override
    public String toString() {
        return core + (complete.isEmpty() ? "" : " complete " + complete);
    }
}
