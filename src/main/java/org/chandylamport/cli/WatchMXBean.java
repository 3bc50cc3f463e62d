package org.chandylamport.cli;

/**
 * What {@code run --watch} shows, for whoever watches by JMX.
 */
public interface WatchMXBean {

    /** How many messages have been received. */
    long getMessages();

    /** How many snapshots are complete. */
    long getSnapshots();

    /** How many snapshots are not complete. */
    int getOpenSnapshots();

    /** How many messages were in transit in the last snapshot. */
    long getInTransit();

    /** What the oldest snapshot that is not complete waits for. */
    String getHolder();

    /** The time that half of the snapshots take at most. */
    long getMicroseconds50();

    /** The time that 99 of 100 snapshots take at most. */
    long getMicroseconds99();
}
