package org.chandylamport.cli;

import static java.util.Objects.requireNonNull;

import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.chandylamport.Network;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.runtime.Awaiting;
import org.chandylamport.runtime.PendingSnapshot;
import org.chandylamport.trace.TraceWriter;
import org.jspecify.annotations.Nullable;

/** A snapshot of a stress run, on its way to its end, and then to the audit. */
final class InitiatedSnapshot<S, M> {

    private final PendingSnapshot<S, M> pending;
    private final CompletableFuture<Result<S, M>> result;
    private boolean isAbandoned;
    private boolean isCutShort;

    /** How it ended: one of the two is null. */
    private record Result<S, M>(
            @Nullable Snapshot<S, M> snapshot, @Nullable Throwable failure) {}

    InitiatedSnapshot(PendingSnapshot<S, M> pending, LiveAudit<S, M> audit) {
        this.pending = pending;
        this.result = pending.future().handle((snapshot, failure) -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (snapshot != null) {
                audit.completed(snapshot);
            } else {
                audit.aborted(pending.id(), String.valueOf(requireNonNull(cause).getMessage()));
            }
            return new Result<>(snapshot, cause);
        });
    }

    SnapshotId id() {
        return pending.id();
    }

    boolean hasEnded() {
        return result.isDone();
    }

    /** Waits so long until the audit has been told how it ended; false if it has not. */
    boolean awaitEnd(Duration patience) {
        try {
            Uninterruptibles.getUninterruptibly(result, patience);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Waits for its end, and returns whether it is complete. */
    boolean isComplete() {
        return result.join().snapshot != null;
    }

    /** Why it failed; only if it has. */
    Throwable failure() {
        return requireNonNull(result.join().failure);
    }

    /** Writes how it ended. */
    void writeTo(TraceWriter<S, M> trace) throws IOException {
        Snapshot<S, M> snapshot = result.join().snapshot;
        if (snapshot != null) {
            trace.snapshot(snapshot);
        } else {
            trace.aborted(id(), String.valueOf(failure().getMessage()));
        }
    }

    /** Says that the run ends now, whether or not it has ended. */
    void cutShort() {
        isCutShort = !hasEnded();
    }

    /** Gives it up for no reason. */
    void abandon(Network<S, M> network) {
        isAbandoned |= network.abandon(pending.id());
    }

    /** Whether it was abandoned for no reason. */
    boolean isAbandoned() {
        return isAbandoned;
    }

    /** Whether the run ended before it did. */
    boolean isCutShort() {
        return isCutShort;
    }

    /** What it waits for, or waited for last. */
    Awaiting awaiting() {
        return pending.awaiting();
    }

    @Override
    public String toString() {
        return "snapshot " + id() + " waits for " + awaiting();
    }
}
