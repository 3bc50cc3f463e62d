package org.chandylamport.cli;

import com.google.common.base.Throwables;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.chandylamport.cluster.ClusterSnapshot;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the snapshots that a node asks for: each is written to its trace, saved, and
 * reported, or reported to be aborted. Called by any thread.
 *
 * @param trace the node's trace, or null
 * @param saving where snapshots are saved, or null
 * @param failure why the first of those that could not be saved could not
 */
record SnapshotsOfNode<S, M>(
        @Nullable NodeTrace<S, M> trace,
        @Nullable Saving<S, M> saving,
        NodeReport report,
        AtomicReference<@Nullable IOException> failure) {

    SnapshotsOfNode(@Nullable NodeTrace<S, M> trace, @Nullable Saving<S, M> saving,
            NodeReport report) {
        this(trace, saving, report, new AtomicReference<>());
    }

    /** Throws if a snapshot could not be saved. */
    void requireSaved() throws IOException {
        IOException first = failure.get();
        if (first != null) {
            throw first;
        }
    }

    /** The snapshot is complete. */
    void complete(Snapshot<S, M> snapshot, long nanos) {
        if (trace != null) {
            trace.snapshot(snapshot);
        }
        try {
            if (saving != null) {
                saving.save(snapshot);
            }
        } catch (IOException e) {
            failure.compareAndSet(null, e);
        }
        report.snapshot(snapshot, nanos);
    }

    /** The snapshot was given up, perhaps before it had a number. */
    void aborted(ClusterSnapshot<S, M> asked, Throwable why) {
        SnapshotId id = asked.id().isCompletedExceptionally() ? null : asked.id().getNow(null);
        String cause = String.valueOf(Throwables.getRootCause(why).getMessage());
        if (trace != null && id != null) {
            trace.aborted(id, cause);
        }
        report.aborted(id, asked.duration().toNanos(), cause);
    }
}
