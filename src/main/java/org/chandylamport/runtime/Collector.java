package org.chandylamport.runtime;

import java.lang.invoke.VarHandle;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.chandylamport.protocol.Assembly;
import org.chandylamport.protocol.Recording;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots that are open: issues their numbers, and puts the recordings of the processes
 * together.
 *
 * <table>
 * <caption>Shared fields</caption>
 * <tr><th>field</th><th>written by</th><th>read by</th><th>access</th><th>why</th></tr>
 * <tr><td>open</td><td>any thread</td><td>any thread</td><td>a concurrent map</td>
 *     <td>opening happens-before the first recording; who removes a snapshot, the last process or
 *     who fails it, decides how it ends</td></tr>
 * <tr><td>end</td><td>whoever stops the network, once</td><td>any thread</td><td>CAS, volatile</td>
 *     <td>no snapshot stays open: opening puts, fences, reads end; ending writes end, fences, fails
 *     what is there</td></tr>
 * </table>
 *
 * <p>Progress: everything here is lock-free, apart from the executor.
 */
final class Collector<S, M> {

    private final Assembly assembly;
    private final Executor executor;
    private final BooleanSupplier onWorker;
    private final AtomicLong nextId;
    private final ConcurrentNavigableMap<SnapshotId, PendingSnapshot<S, M>> open =
            new ConcurrentSkipListMap<>();
    private final AtomicReference<@Nullable Throwable> end = new AtomicReference<>();

    Collector(
            Topology topology,
            SnapshotId first,
            Executor executor,
            BooleanSupplier onWorker) {
        this.assembly = new Assembly(topology);
        this.executor = executor;
        this.onWorker = onWorker;
        this.nextId = new AtomicLong(first.number());
    }

    /** Opens one more snapshot. */
    PendingSnapshot<S, M> open() {
        SnapshotId id = new SnapshotId(nextId.getAndIncrement());
        PendingSnapshot<S, M> pending = new PendingSnapshot<>(id, assembly, executor, onWorker);
        open.put(id, pending);
        VarHandle.fullFence(); // Paired with the one in end: failed there, or here.
        Throwable reason = end.get();
        if (reason != null) {
            fail(id, reason);
        }
        return pending;
    }

    /** Says that p is asked to initiate a snapshot. Returns whether it is open. */
    boolean asked(SnapshotId id, ProcessId p) {
        PendingSnapshot<S, M> pending = open.get(id);
        if (pending != null) {
            pending.asked(p);
        }
        return pending != null;
    }

    void recording(int process, Recording<S, M> recording, boolean initiated) {
        PendingSnapshot<S, M> pending = open.get(recording.snapshot());
        if (pending != null) {
            pending.recording(process, recording, initiated);
        }
    }

    void complete(Recording<S, M> recording) {
        PendingSnapshot<S, M> pending = open.get(recording.snapshot());
        if (pending != null && pending.complete() && open.remove(recording.snapshot()) != null) {
            pending.finish();
        }
    }

    /** Closes one snapshot, for the caller to fail it; null if it was not open. */
    @Nullable PendingSnapshot<S, M> close(SnapshotId id) {
        return open.remove(id);
    }

    private void fail(SnapshotId id, Throwable reason) {
        PendingSnapshot<S, M> pending = close(id);
        if (pending != null) {
            pending.fail(pending.awaiting(), reason);
        }
    }

    /** Fails every snapshot that is open or will be opened. The first reason stays. */
    void end(Throwable reason) {
        Throwable before = end.compareAndExchange(null, reason);
        Throwable first = before == null ? reason : before;
        VarHandle.fullFence(); // Paired with the one in open.
        open.keySet().forEach(id -> fail(id, first));
    }

    /** Why the network has stopped, or null while it runs. */
    @Nullable Throwable reasonOfEnd() {
        return end.get();
    }
}
