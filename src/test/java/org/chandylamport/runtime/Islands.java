package org.chandylamport.runtime;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;

/** Processes p and q without channels, each complete when it has recorded, and snapshot 1, open. */
final class Islands {

    static final RuntimeException REASON = new IllegalStateException("ended");

    /** What ends snapshots, in order; see {@link #end}. */
    final Queue<Runnable> ends = new ConcurrentLinkedQueue<>();

    final Collector<Integer, Integer> collector = new Collector<>(
            new Topology(List.of(Pair.P, Pair.Q), List.of()), new SnapshotId(1), ends::add,
            () -> false);
    final PendingSnapshot<Integer, Integer> pending = collector.open();
    final LocalProcess<Integer, Integer> p = process(Pair.P, 0);
    final LocalProcess<Integer, Integer> q = process(Pair.Q, 1);

    private LocalProcess<Integer, Integer> process(ProcessId id, int index) {
        LocalProcess<Integer, Integer> process = new LocalProcess<>(id, index, collector, null);
        process.connect(index, (state, c, m, outbox) -> state, List.of(), List.of());
        return process;
    }

    /** Lets a process record its state for snapshot 1; called by the thread that runs it. */
    void record(LocalProcess<Integer, Integer> process) {
        process.initiate(pending.id());
    }

    /** Abandons snapshot 1, and returns whether it was open. */
    boolean abandon() {
        boolean wasOpen = collector.close(pending.id()) != null;
        if (wasOpen) {
            pending.fail(pending.awaiting(), REASON);
        }
        return wasOpen;
    }

    /** Does what the executor would: lets the futures complete. */
    void end() {
        ends.forEach(Runnable::run);
    }
}
