package org.chandylamport.cli;

import java.util.Collection;
import org.chandylamport.runtime.PendingSnapshot;

/** What is told how a run goes; by several threads. */
interface Monitor {

    /** A moment in the run, many times a second: messages received, and snapshots not complete. */
    void look(long received, Collection<? extends PendingSnapshot<?, ?>> open);

    /** A snapshot has ended. */
    default void ended(Run.Taken taken) {}
}
