package org.chandylamport.cluster;

import com.google.common.collect.ImmutableSortedSet;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ForkJoinPool;
import org.chandylamport.model.Channel;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;

/**
 * A snapshot that has been asked for at a node, and is complete when each process, at whichever
 * node, has recorded its state and received the marker along each incoming channel.
 *
 * <p>Memory consistency effects: what this node did before the snapshot completed happens-before
 * {@link #join} returns. What other nodes did is known from messages alone.
 */
public final class ClusterSnapshot<S, M> {

    private final CompletableFuture<SnapshotId> id = new CompletableFuture<>();
    private final CompletableFuture<Snapshot<S, M>> future = new CompletableFuture<>();
    private final long askedAt = System.nanoTime();
    private volatile long endedAt;
    private volatile Awaiting awaiting;

    /**
     * What a snapshot waits for.
     *
     * @param notRecorded the processes that have not recorded their state
     * @param markers the channels whose marker is awaited by a process that has
     */
    public record Awaiting(
            ImmutableSortedSet<ProcessId> notRecorded, ImmutableSortedSet<Channel> markers) {}

    ClusterSnapshot(Awaiting all) {
        awaiting = all;
    }

    /** The number of the snapshot, once the coordinator has issued it; fails if it does not. */
    public CompletableFuture<SnapshotId> id() {
        return id.copy();
    }

    /**
     * The snapshot, once it is complete. Fails with a {@link SnapshotAbortedException} if it was
     * given up, and with an {@link IllegalStateException} if the network takes none any more.
     */
    public CompletableFuture<Snapshot<S, M>> future() {
        return future.copy();
    }

    /**
     * Waits for the snapshot.
     *
     * @throws CompletionException if it failed; the cause says why
     */
    public Snapshot<S, M> join() {
        return future.join();
    }

    /**
     * What the snapshot waits for, as the coordinator last said, within a second; nothing once it
     * is complete, and what it waited for last once it has failed.
     */
    public Awaiting awaiting() {
        return awaiting;
    }

    /** The time until the snapshot was complete or failed here, or until now. */
    public Duration duration() {
        long end = endedAt;
        return Duration.ofNanos((end == 0 ? System.nanoTime() : end) - askedAt);
    }

    void opened(SnapshotId number) {
        id.complete(number);
    }

    void awaited(Awaiting what) {
        awaiting = what;
    }

    /** Completes the future, and then says that the snapshot is in its asker's hands. */
    void complete(Snapshot<S, M> snapshot, Runnable kept) {
        endedAt = System.nanoTime();
        awaiting = new Awaiting(ImmutableSortedSet.of(), ImmutableSortedSet.of());
        ForkJoinPool.commonPool().execute(() -> {
            future.complete(snapshot);
            kept.run();
        });
    }

    void fail(Throwable cause) {
        endedAt = System.nanoTime();
        id.completeExceptionally(cause);
        future.completeExceptionally(cause);
    }
}
