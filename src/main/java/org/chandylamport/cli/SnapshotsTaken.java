package org.chandylamport.cli;

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.chandylamport.app.App;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.runtime.PendingSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of a run: those that are open, and what is remembered of those that have ended. One
 * thread takes each that is complete to the audit, to the app, to the store and to the monitor, and
 * each that was aborted to the audit and to the monitor.
 *
 * <p>{@link #summaries} and {@link #kept} are called after {@link #close}; all else by any thread.
 */
final class SnapshotsTaken<S, M> implements AutoCloseable {

    /** So many snapshots are kept whole, for Theorem 1. */
    static final int MOST_KEPT = 1000;

    private final App<S, M> app;
    private final @Nullable LiveAudit<S, M> audit;
    private final @Nullable Saving<S, M> store;
    private final Monitor monitor;
    private final ConcurrentNavigableMap<SnapshotId, PendingSnapshot<S, M>> open =
            new ConcurrentSkipListMap<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread created = new Thread(task, "chandy-lamport-snapshots");
        created.setDaemon(true);
        return created;
    });
    private final List<Outcome.Taken> summaries = new ArrayList<>();
    private final Map<SnapshotId, Snapshot<S, M>> kept = new TreeMap<>();
    private volatile @Nullable Throwable failure;

    SnapshotsTaken(
            App<S, M> app,
            @Nullable LiveAudit<S, M> audit,
            @Nullable Saving<S, M> store,
            Monitor monitor) {
        this.app = app;
        this.audit = audit;
        this.store = store;
        this.monitor = monitor;
    }

    /** Takes a snapshot that has been initiated; returns it once everyone has been told. */
    @CanIgnoreReturnValue
    CompletableFuture<Snapshot<S, M>> add(PendingSnapshot<S, M> pending) {
        open.put(pending.id(), pending);
        return pending.future().thenApplyAsync(snapshot -> {
            try {
                completed(snapshot, pending.duration().toNanos());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            open.remove(pending.id());
            return snapshot;
        }, thread).whenCompleteAsync((snapshot, e) -> {
            Throwable cause = e == null ? null : Throwables.getRootCause(e);
            if (cause instanceof TimeoutException) {
                aborted(pending, String.valueOf(cause.getMessage()));
            } else if (e != null) {
                failure = e;
            }
        }, thread);
    }

    private void aborted(PendingSnapshot<S, M> pending, String cause) {
        if (audit != null) {
            audit.aborted(pending.id(), cause);
        }
        Outcome.Taken taken =
                Outcome.Taken.aborted(pending.id(), pending.duration().toNanos(), cause);
        summaries.add(taken);
        monitor.ended(taken);
        open.remove(pending.id());
    }

    private void completed(Snapshot<S, M> snapshot, long nanos) throws IOException {
        if (audit != null) {
            audit.completed(snapshot);
        }
        Outcome.Taken taken = new Outcome.Taken(snapshot.id(), snapshot.initiators(),
                snapshot.state().inTransit(), nanos, app.violation(snapshot.state()),
                Optional.empty());
        summaries.add(taken);
        if (kept.size() < MOST_KEPT) {
            kept.put(snapshot.id(), snapshot);
        }
        if (store != null) {
            store.save(snapshot);
        }
        monitor.ended(taken);
    }

    /** Those that are not complete, or not taken everywhere. */
    Collection<PendingSnapshot<S, M>> open() {
        return open.values();
    }

    /** Whether there is one. */
    boolean isOneOpen() {
        return !open.isEmpty();
    }

    /**
     * Does nothing unless taking a snapshot somewhere has failed.
     *
     * @throws IOException if it could not be written; the message names the file
     */
    void requireSaved() throws IOException {
        Throwable e = failure;
        if (e != null) {
            throw failure(e);
        }
    }

    /**
     * What has become of something that depends on snapshots.
     *
     * @throws IOException if one could not be written
     */
    static <T> T result(CompletableFuture<T> future) throws IOException {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw failure(e);
        }
    }

    /**
     * What to throw when a run has failed.
     *
     * @throws IOException if a file is the cause
     */
    static IllegalStateException failure(Throwable reason) throws IOException {
        for (Throwable cause : Throwables.getCausalChain(reason)) {
            Throwables.throwIfInstanceOf(cause, IOException.class);
        }
        return reason instanceof IllegalStateException e
                ? e : new IllegalStateException(reason.getMessage(), reason);
    }

    /** Waits until those that are complete are taken everywhere. */
    @Override
    public void close() {
        thread.shutdown();
        boolean interrupted = false;
        while (!thread.isTerminated()) {
            try {
                thread.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is known of each, in order. */
    ImmutableList<Outcome.Taken> summaries() {
        return ImmutableList.sortedCopyOf(Comparator.comparing(Outcome.Taken::id), summaries);
    }

    /** The first that were complete. */
    ImmutableSortedMap<SnapshotId, Snapshot<S, M>> kept() {
        return ImmutableSortedMap.copyOf(kept);
    }
}
