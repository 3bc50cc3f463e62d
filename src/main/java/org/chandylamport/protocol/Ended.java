package org.chandylamport.protocol;

import com.google.common.collect.ImmutableRangeSet;
import com.google.common.collect.Range;
import java.util.List;
import org.chandylamport.model.SnapshotId;

/**
 * The snapshots that have ended at a process. Ids are issued in order, so that neighbours join:
 * what is kept grows with the gaps between ended ids, not with their number.
 */
public record Ended(ImmutableRangeSet<Long> complete, ImmutableRangeSet<Long> abandoned) {

    /** No snapshot has ended. */
    public static final Ended NONE = new Ended(ImmutableRangeSet.of(), ImmutableRangeSet.of());

    /** Whether the snapshot is complete or abandoned. */
    public boolean contains(SnapshotId s) {
        return complete.contains(s.number()) || isAbandoned(s);
    }

    /** Whether the snapshot is abandoned. */
    public boolean isAbandoned(SnapshotId s) {
        return abandoned.contains(s.number());
    }

    Ended withComplete(SnapshotId s) {
        return new Ended(with(complete, s), abandoned);
    }

    Ended withAbandoned(SnapshotId s) {
        return new Ended(complete, with(abandoned, s));
    }

    private static ImmutableRangeSet<Long> with(ImmutableRangeSet<Long> ids, SnapshotId s) {
        Range<Long> one = Range.closedOpen(s.number(), s.number() + 1);
        return ids.union(ImmutableRangeSet.of(one));
    }

    @Override
    public String toString() {
        return "complete " + complete + " abandoned " + abandoned;
    }
}
