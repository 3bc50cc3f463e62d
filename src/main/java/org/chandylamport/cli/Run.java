package org.chandylamport.cli;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.chandylamport.Configuration;
import org.chandylamport.Network;
import org.chandylamport.app.App;
import org.chandylamport.check.Detector;
import org.chandylamport.check.Report;
import org.chandylamport.check.StableProperty;
import org.chandylamport.check.Theorem1;
import org.chandylamport.model.Computation;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.chandylamport.runtime.PendingSnapshot;
import org.chandylamport.trace.Witnesses;
import org.jspecify.annotations.Nullable;

/**
 * One run of an app on real threads, with snapshots spread over it: some with several initiators,
 * and every second one initiated together with the one before it. Or with one snapshot after
 * another, until a stable property is detected.
 */
final class Run<S, M> {

    private static final long PAUSE_NANOS = 100_000;
    private static final int MOST_INITIATORS = 3;

    private final Plan<S, M> plan;
    private final Random random;
    private final @Nullable LiveAudit<S, M> audit;
    private final SnapshotsTaken<S, M> taken;
    private final Monitor monitor;
    private long initiated;

    /**
     * How a run is done.
     *
     * @param from the global state in which it starts
     * @param first the number of its first snapshot
     * @param pace when snapshots are due; not asked where a property is looked for
     * @param overlap how many snapshots may be open at the same time
     * @param timeout after which a snapshot is given up, or null
     * @param property ends the run when it is detected; or null
     */
    record Plan<S, M>(
            Topology topology,
            App<S, M> app,
            GlobalState<S, M> from,
            SnapshotId first,
            Pace pace,
            int overlap,
            @Nullable Duration timeout,
            @Nullable StableProperty<S, M> property,
            int workers,
            long seed) {}

    /**
     * @param audit null where the run is neither audited nor traced
     * @param store where snapshots are saved, or null
     */
    Run(Plan<S, M> plan,
            @Nullable LiveAudit<S, M> audit,
            @Nullable Saving<S, M> store,
            Monitor monitor) {
        this.plan = plan;
        this.random = new Random(plan.seed);
        this.audit = audit;
        this.monitor = monitor;
        this.taken = new SnapshotsTaken<>(plan.app, audit, store, monitor);
    }

    /**
     * Runs the app to its end.
     *
     * @throws IOException if the trace or a snapshot could not be written
     * @throws IllegalStateException if the network failed; the message says where
     */
    Outcome<S, M> run() throws IOException {
        Configuration<S, M> configuration =
                Network.configure(plan.topology, plan.app::behavior, plan.from)
                        .firstSnapshot(plan.first)
                        .workers(plan.workers);
        if (audit != null) {
            configuration.trace(audit);
        }
        long total = plan.app.remaining(plan.from);
        long start = System.nanoTime();
        long nanos;
        long received;
        Optional<Detector.Detection<S, M>> detected;
        try (taken; Network<S, M> network = configuration.start()) {
            detected = plan.property == null
                    ? toTheEnd(network, total)
                    : untilDetected(network, plan.property, total);
            received = network.received();
            nanos = System.nanoTime() - start;
        } catch (IllegalStateException e) { // By close too: the last events may not be written.
            throw SnapshotsTaken.failure(e);
        }
        Report report = audit == null ? null : audit.finish();
        return Outcome.of(received, nanos, taken.summaries(), detected, report, theorems());
    }

    private Optional<Detector.Detection<S, M>> toTheEnd(Network<S, M> network, long total)
            throws IOException {
        long received = 0;
        while (received < total || initiated < plan.pace.due(total, total) || taken.isOneOpen()) {
            received = look(network);
            long due = plan.pace.due(received, total);
            while (initiated < due && taken.open().size() < plan.overlap) {
                taken.add(initiate(network));
            }
        }
        return Optional.empty();
    }

    private Optional<Detector.Detection<S, M>> untilDetected(
            Network<S, M> network, StableProperty<S, M> property, long total) throws IOException {
        Detector<S, M> detector =
                Detector.start(property, () -> taken.add(initiate(network)));
        CompletableFuture<Optional<Detector.Detection<S, M>>> detection = detector.future();
        while (!detection.isDone()) {
            if (look(network) == total) {
                detector.stop();
            }
        }
        return SnapshotsTaken.result(detection);
    }

    /** Waits a little, and returns how many messages have been received. */
    private long look(Network<S, M> network) throws IOException {
        LockSupport.parkNanos(PAUSE_NANOS);
        long received = network.received();
        monitor.look(received, taken.open());
        if (network.failure().isPresent()) {
            throw SnapshotsTaken.failure(network.failure().get());
        }
        taken.requireSaved();
        return received;
    }

    private PendingSnapshot<S, M> initiate(Network<S, M> network) {
        List<ProcessId> processes = new ArrayList<>(plan.topology.processes());
        Collections.shuffle(processes, random);
        int several = random.nextInt(MOST_INITIATORS) + 1;
        initiated++;
        ProcessId[] initiators = processes
                .subList(0, Math.min(several, processes.size())).toArray(ProcessId[]::new);
        return plan.timeout == null
                ? network.snapshot(initiators) : network.snapshot(plan.timeout, initiators);
    }

    private ImmutableMap<SnapshotId, Theorem1<S, M>> theorems() {
        ImmutableMap.Builder<SnapshotId, Theorem1<S, M>> theorems = ImmutableMap.builder();
        Computation<S, M> computation = audit == null ? null : audit.computation();
        if (computation != null) {
            taken.kept().values().stream()
                    .limit(Witnesses.REPLAYED / Math.max(1, computation.events().size()))
                    .forEach(s -> theorems.put(s.id(), Theorem1.construct(computation, s)));
        }
        return theorems.buildOrThrow();
    }
}
