package org.chandylamport.check;

import java.util.SortedSet;
import org.chandylamport.model.Event;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;

/**
 * What is told a trace, line by line, and says at the end what is true of it. The events of one
 * process come in its order; apart from that, lines come in any order.
 *
 * <p>Confined to one thread at a time.
 */
public interface Oracle<S, M> {

    /**
     * Takes the next event of a process.
     *
     * @throws IllegalArgumentException if the topology lacks its process or channel
     */
    void event(Event<S, M> event);

    /**
     * Takes a recorded global state, or a part of it; several parts are joined.
     *
     * @param part its initiators are empty where they are unknown
     * @throws IllegalArgumentException if the topology lacks a process or channel
     */
    void snapshot(Snapshot<S, M> part);

    /** Takes the notice that a snapshot was given up. */
    void aborted(SnapshotId snapshot, String cause);

    /** Takes the notice that the log of p has no more events, so that nothing waits for them. */
    void ended(ProcessId p);

    /** The processes whose events are waited for; empty if any will do. A view. */
    SortedSet<ProcessId> awaited();

    /** How many messages are on their way to p: they can be forgotten as events of p come. */
    long inTransitTo(ProcessId p);

    /** How many events wait for events of other processes. */
    long pending();

    /** How many events and messages are kept, all in all: what memory grows with. */
    long retained();

    /** Says that there are no more lines. Nothing may be called after it. */
    Report finish();
}
