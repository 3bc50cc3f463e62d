package org.chandylamport.cli;

import java.util.Collection;
import org.chandylamport.runtime.PendingSnapshot;

/** What is told how a run goes; by several threads. */
interface Monitor extends AutoCloseable {

    /** A moment in the run, many times a second: messages received, and snapshots not complete. */
    void look(long received, Collection<? extends PendingSnapshot<?, ?>> open);

    /** A snapshot has ended. */
    default void ended(Outcome.Taken taken) {}

    /** The run is over. */
    @Override
    default void close() {}

    /** Shows nothing but how far the run is. */
    static Monitor of(Progress progress) {
        return new Monitor() {
            @Override
            public void look(long received, Collection<? extends PendingSnapshot<?, ?>> open) {
                progress.accept(received);
            }

            @Override
            public void close() {
                progress.close();
            }
        };
    }
}
