package org.chandylamport.cli;

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Lists;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.chandylamport.Configuration;
import org.chandylamport.Network;
import org.chandylamport.app.App;
import org.chandylamport.check.Report;
import org.chandylamport.check.Theorem1;
import org.chandylamport.check.Verdict;
import org.chandylamport.model.Computation;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.chandylamport.runtime.PendingSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * One run of an app on real threads, with snapshots spread over it: some with several initiators,
 * and every second one initiated together with the one before it.
 */
final class Run<S, M> {

    private static final long PAUSE_NANOS = 100_000;
    private static final int MOST_INITIATORS = 3;

    /** Theorem 1 is constructed as long as all its replays together have no more events. */
    static final long MOST_EVENTS_REPLAYED = 50_000_000;

    private final Topology topology;
    private final App<S, M> app;
    private final int snapshots;
    private final int workers;
    private final Random random;
    private final @Nullable LiveAudit<S, M> audit;

    /** @param audit null where the run is neither audited nor traced */
    Run(
            Topology topology,
            App<S, M> app,
            int snapshots,
            int workers,
            long seed,
            @Nullable LiveAudit<S, M> audit) {
        this.topology = topology;
        this.app = app;
        this.snapshots = snapshots;
        this.workers = workers;
        this.random = new Random(seed);
        this.audit = audit;
    }

    /**
     * What came of a run.
     *
     * @param nanos from the start until all messages were received and all snapshots complete
     * @param taken the snapshots, in order
     * @param report what the audit says, or null if there was none
     * @param verdicts what the audit says of each snapshot; empty if there was none
     * @param theorems Theorem 1 for the first snapshots, as many as the limits allow
     */
    record Outcome<S, M>(
            long messages,
            long nanos,
            ImmutableList<Taken<S, M>> taken,
            @Nullable Report report,
            ImmutableMap<SnapshotId, Verdict> verdicts,
            ImmutableMap<SnapshotId, Theorem1<S, M>> theorems) {

        /** The verdict on a snapshot, or null if there was no audit. */
        @Nullable Verdict verdict(SnapshotId id) {
            return verdicts.get(id);
        }

        /** Whether some oracle refutes a snapshot, or the trace is no computation. */
        boolean isRefuted() {
            return (report != null && !report.isClean())
                    || !theorems.values().stream().allMatch(Theorem1::holds);
        }

        double messagesPerSecond() {
            return messages * 1e9 / nanos;
        }
    }

    /** A snapshot on its way, first to its completion and then to the audit. */
    private record Initiated<S, M>(
            PendingSnapshot<S, M> pending, CompletableFuture<Snapshot<S, M>> audited) {}

    /** A snapshot with the time from its initiation to its completion. */
    record Taken<S, M>(Snapshot<S, M> snapshot, long nanos) {}

    /**
     * Runs the app to its end.
     *
     * @param progress is told from time to time how many messages have been received
     * @throws IOException if the trace could not be written
     * @throws IllegalStateException if the network failed; the message says where
     */
    Outcome<S, M> run(LongConsumer progress) throws IOException {
        Configuration<S, M> configuration =
                Network.configure(topology, app::behavior, app.initial()).workers(workers);
        if (audit != null) {
            configuration.trace(audit);
        }
        List<Initiated<S, M>> initiated = new ArrayList<>();
        long start = System.nanoTime();
        long nanos;
        try (Network<S, M> network = configuration.start()) {
            while (!isOver(network, initiated)) {
                long due = Math.min(snapshots, due(network.received()));
                while (initiated.size() < due) {
                    initiated.add(initiate(network));
                }
                progress.accept(network.received());
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            nanos = System.nanoTime() - start;
        }
        ImmutableList<Taken<S, M>> taken = initiated.stream()
                .map(one -> new Taken<>(one.audited.join(), one.pending.duration().toNanos()))
                .collect(ImmutableList.toImmutableList());
        Report report = audit == null ? null : audit.finish();
        return new Outcome<>(
                app.messages(), nanos, taken, report, verdicts(report), theorems(taken));
    }

    private static ImmutableMap<SnapshotId, Verdict> verdicts(@Nullable Report report) {
        ImmutableMap.Builder<SnapshotId, Verdict> verdicts = ImmutableMap.builder();
        if (report != null) {
            report.snapshots().forEach(verdict -> verdicts.put(verdict.snapshot(), verdict));
        }
        return verdicts.buildOrThrow();
    }

    private ImmutableMap<SnapshotId, Theorem1<S, M>> theorems(List<Taken<S, M>> taken) {
        ImmutableMap.Builder<SnapshotId, Theorem1<S, M>> theorems = ImmutableMap.builder();
        Computation<S, M> computation = audit == null ? null : audit.computation();
        if (computation != null) {
            taken.stream()
                    .limit(MOST_EVENTS_REPLAYED / Math.max(1, computation.events().size()))
                    .map(Taken::snapshot)
                    .forEach(s -> theorems.put(s.id(), Theorem1.construct(computation, s)));
        }
        return theorems.buildOrThrow();
    }

    private boolean isOver(Network<S, M> network, List<Initiated<S, M>> initiated)
            throws IOException {
        if (network.failure().isPresent()) {
            Throwable reason = network.failure().get();
            Throwables.throwIfInstanceOf(Throwables.getRootCause(reason), IOException.class);
            throw new IllegalStateException(reason.getMessage(), reason);
        }
        return network.received() == app.messages()
                && initiated.size() == snapshots
                && Lists.reverse(initiated).stream().allMatch(one -> one.audited.isDone());
    }

    /** How many snapshots are due after so many messages: two at a time, evenly spread. */
    private long due(long received) {
        long pairs = (snapshots + 1L) / 2;
        double share = (double) received / app.messages();
        return 2L * Math.min(pairs, (long) (share * (pairs + 1)));
    }

    private Initiated<S, M> initiate(Network<S, M> network) {
        List<ProcessId> processes = new ArrayList<>(topology.processes());
        Collections.shuffle(processes, random);
        int several = random.nextInt(MOST_INITIATORS) + 1;
        PendingSnapshot<S, M> pending = network.snapshot(processes
                .subList(0, Math.min(several, processes.size())).toArray(ProcessId[]::new));
        return new Initiated<>(pending, pending.future().thenApply(snapshot -> {
            if (audit != null) {
                audit.completed(snapshot);
            }
            return snapshot;
        }));
    }
}
