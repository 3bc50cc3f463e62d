package org.chandylamport.model;

/** The number that tells a snapshot from those that overlap it. Ordered by number. */
public record SnapshotId(long number) implements Comparable<SnapshotId> {

    @Override
    public int compareTo(SnapshotId other) {
        return Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Long.toString(number);
    }
}
