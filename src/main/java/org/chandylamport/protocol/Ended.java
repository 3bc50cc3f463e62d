package org.chandylamport.protocol;

import com.google.common.collect.ImmutableRangeSet;
import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import com.google.common.collect.TreeRangeSet;
import org.chandylamport.model.SnapshotId;

/**
 * The snapshots that have ended at a process. Ids are issued in order, so that neighbours join: an
 * id that is complete takes no room of its own, one that was abandoned does, because its markers
 * may still arrive. An id that ends in its turn costs next to nothing; otherwise all costs grow
 * with the logarithm of the gaps.
 */
public final class Ended {

    /** The range that grows: from the first to before the end. */
    private long first;
    private long end;

    /** Those that are complete or abandoned and not in that range. */
    private final RangeSet<Long> others = TreeRangeSet.create();
    private final RangeSet<Long> abandoned = TreeRangeSet.create();

    Ended() {}

    /** Whether the snapshot is complete or abandoned. */
    boolean contains(SnapshotId s) {
        long number = s.number();
        return (first <= number && number < end)
                || (!others.isEmpty() && others.contains(number));
    }

    /** Whether the snapshot is abandoned. */
    boolean isAbandoned(SnapshotId s) {
        return abandoned.contains(s.number());
    }

    void complete(SnapshotId s) {
        if (first == end) {
            first = s.number();
            end = first + 1;
        } else if (s.number() == end) {
            end++;
        } else {
            others.add(only(s));
        }
        if (!others.isEmpty()) {
            Range<Long> next = others.rangeContaining(end);
            if (next != null) {
                end = next.upperEndpoint();
                others.remove(next);
            }
        }
    }

    void abandon(SnapshotId s) {
        complete(s);
        abandoned.add(only(s));
    }

    /** How many ranges lie apart from the one that grows: what memory grows with. */
    int apart() {
        return others.asRanges().size();
    }

    private static Range<Long> only(SnapshotId s) {
        return Range.closedOpen(s.number(), s.number() + 1);
    }

    Value value() {
        RangeSet<Long> all = TreeRangeSet.create(others);
        all.add(Range.closedOpen(first, end));
        return new Value(ImmutableRangeSet.copyOf(all), ImmutableRangeSet.copyOf(abandoned));
    }

    void set(Value value) {
        first = 0;
        end = 0;
        others.clear();
        others.addAll(value.all());
        abandoned.clear();
        abandoned.addAll(value.abandoned());
    }

    /**
     * The snapshots that have ended, as a value.
     *
     * @param all the snapshots that are complete or abandoned
     * @param abandoned those of them that are abandoned
     */
    public record Value(ImmutableRangeSet<Long> all, ImmutableRangeSet<Long> abandoned) {

        /** Whether the snapshot is complete or abandoned. */
        public boolean contains(SnapshotId s) {
            return all.contains(s.number());
        }

        /** Whether the snapshot is abandoned. */
        public boolean isAbandoned(SnapshotId s) {
            return abandoned.contains(s.number());
        }
    }
}
