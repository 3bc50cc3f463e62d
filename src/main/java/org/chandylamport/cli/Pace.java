package org.chandylamport.cli;

/** When snapshots are due in the course of a run. */
@FunctionalInterface
interface Pace {

    /** Never. */
    Pace NEVER = (received, total) -> 0;

    /** How many are due in all once so many messages of so many have been received. */
    long due(long received, long total);

    /** So many, spread evenly over the run, two at a time. */
    static Pace spread(long snapshots) {
        long pairs = (snapshots + 1) / 2;
        return (received, total) -> {
            double share = total == 0 ? 1 : (double) received / total;
            return Math.min(snapshots, 2 * Math.min(pairs, (long) (share * (pairs + 1))));
        };
    }

    /** One after each so many messages. */
    static Pace every(long messages) {
        return (received, total) -> received / messages;
    }
}
