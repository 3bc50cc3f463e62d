package org.chandylamport.protocol;

import com.google.common.collect.ImmutableRangeSet;
import com.google.common.collect.Range;
import java.util.List;
import org.chandylamport.model.SnapshotId;

/**
 * The snapshots that have ended at a process. Ids are issued in order, so that neighbours join: an
 * id that is complete takes no room of its own, one that was abandoned does, because its markers
 * may still arrive.
 *
 * @param all the snapshots that are complete or abandoned
 * @param abandoned those of them that are abandoned
 */
public record Ended(ImmutableRangeSet<Long> all, ImmutableRangeSet<Long> abandoned) {

    /** No snapshot has ended. */
    public static final Ended NONE = new Ended(ImmutableRangeSet.of(), ImmutableRangeSet.of());

    /** Whether the snapshot is complete or abandoned. */
    public boolean contains(SnapshotId s) {
        return all.contains(s.number());
    }

    /** Whether the snapshot is abandoned. */
    public boolean isAbandoned(SnapshotId s) {
        return abandoned.contains(s.number());
    }

    Ended withComplete(SnapshotId s) {
        return new Ended(with(all, s), abandoned);
    }

    Ended withAbandoned(SnapshotId s) {
        return new Ended(with(all, s), with(abandoned, s));
    }

    private static ImmutableRangeSet<Long> with(ImmutableRangeSet<Long> ids, SnapshotId s) {
        Range<Long> one = Range.closedOpen(s.number(), s.number() + 1);
        return ids.union(ImmutableRangeSet.of(one));
    }
}
