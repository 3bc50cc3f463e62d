package org.chandylamport.cli;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Lists;
import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.chandylamport.Network;
import org.chandylamport.model.Event;
import org.chandylamport.model.ProcessId;
import org.chandylamport.runtime.PendingSnapshot;
import org.chandylamport.trace.TraceWriter;
import org.jspecify.annotations.Nullable;

/**
 * One system on real threads, with overlapping snapshots, some of which are abandoned, and with
 * faults; audited as it runs. The snapshot that is planned last is initiated when all others have
 * ended, and is not abandoned. It has no timeout where the faults let it complete, so that a hang
 * of the runtime is not taken for one of them.
 */
final class StressRun<S, M> {

    private static final int MOST_AT_ONCE = 4;
    private static final int ABANDON_ONE_IN = 20;
    private static final int SUSPEND_ONE_IN = 4;
    private static final long MOST_PAUSE_NANOS = 500_000;

    private final StressSystem<S, M> system;
    private final Conditions conditions;
    private final SplittableRandom random;
    private final Injection injection;
    private final LiveAudit<S, M> audit;
    private final List<InitiatedSnapshot<S, M>> initiated = new ArrayList<>();
    /** Whether the network is closed: the audit has all events. */
    private boolean isObserved;
    /** Why the network stopped before it was closed, or what went wrong when it was. */
    private @Nullable Throwable failure;

    /**
     * What a system is exposed to.
     *
     * @param workers how many threads run its processes
     * @param numbered whether channels that misbehave number what they carry
     * @param timeout how long a snapshot may take where something goes wrong on purpose, except
     *     the last one, where only stalls can hold it
     * @param patience how long nothing may happen before that is called a hang
     */
    record Conditions(
            int workers,
            ImmutableList<Fault> faults,
            boolean numbered,
            Duration timeout,
            Duration patience) {

        Conditions withFaults(ImmutableList<Fault> others) {
            return new Conditions(workers, others, numbered, timeout, patience);
        }
    }

    StressRun(StressSystem<S, M> system, Conditions conditions, long seed) {
        this.system = system;
        this.conditions = conditions;
        this.random = new SplittableRandom(seed);
        this.injection = new Injection(
                conditions.faults(), conditions.numbered(), random.split());
        this.audit = new LiveAudit<>(system.topology(), system.initial(), null, true);
    }

    /**
     * Runs the system until its snapshots have ended.
     *
     * @param goOn is asked from time to time; false ends the run early, and hides a hang
     */
    StressOutcome run(BooleanSupplier goOn) throws IOException {
        Network<S, M> network = Network
                .configure(system.topology(), system.behaviors(), system.initial())
                .workers(conditions.workers())
                .queues(injection::around)
                .trace(audit)
                .start();
        String hang = drive(network, goOn) ? null : awaited();
        failure = network.failure().orElse(null);
        initiated.forEach(InitiatedSnapshot::cutShort);
        isObserved = close(network);
        if (hang == null && !isObserved) {
            hang = "the network does not close";
        } else if (hang == null && !doAllEnd()) {
            hang = awaited();
        }
        if (hang != null) {
            return StressOutcome.hung(network.received(), injection, hang);
        }
        return StressOutcome.of(network.received(), injection, failure,
                requireNonNull(audit.finish()), initiated);
    }

    /** Writes the trace of the run after its end, and returns whether there is one. */
    boolean save(Path file) throws IOException {
        List<Event<S, M>> events = audit.events();
        if (!isObserved || events == null) {
            return false;
        }
        try (TraceWriter<S, M> trace =
                new TraceWriter<>(file, system.topology(), system.initial())) {
            for (Event<S, M> event : events) {
                trace.event(event);
            }
            for (InitiatedSnapshot<S, M> one : initiated) {
                if (one.hasEnded()) {
                    one.writeTo(trace);
                }
            }
        }
        return true;
    }

    /** Initiates snapshots until all have ended; false if nothing happens any more. */
    private boolean drive(Network<S, M> network, BooleanSupplier goOn) {
        long patience = TimeUnit.NANOSECONDS.convert(conditions.patience());
        long progress = -1;
        long since = System.nanoTime();
        while (goOn.getAsBoolean() && !isOver(network)) {
            initiateSome(network);
            suspendSome(network);
            long now = network.received()
                    + initiated.stream().filter(InitiatedSnapshot::hasEnded).count();
            if (now != progress) {
                progress = now;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > patience) {
                return false;
            }
            LockSupport.parkNanos(1 + random.nextLong(MOST_PAUSE_NANOS));
        }
        return true;
    }

    private boolean isOver(Network<S, M> network) {
        return haveAllEnded() && (isLastInitiated() || network.failure().isPresent());
    }

    private boolean isLastInitiated() {
        return initiated.size() == system.initiators().size();
    }

    private boolean haveAllEnded() {
        return Lists.reverse(initiated).stream().allMatch(InitiatedSnapshot::hasEnded);
    }

    private boolean doAllEnd() {
        return initiated.stream().allMatch(one -> one.awaitEnd(conditions.patience()));
    }

    private void initiateSome(Network<S, M> network) {
        int left = system.initiators().size() - initiated.size();
        int count = Math.min(random.nextInt(MOST_AT_ONCE + 1), left - 1);
        if (left == 1 && haveAllEnded()) {
            count = 1;
        }
        for (int i = 0; i < count && network.failure().isEmpty(); i++) {
            initiate(network, system.initiators().get(initiated.size()));
        }
    }

    private void initiate(Network<S, M> network, ImmutableSortedSet<ProcessId> initiators) {
        PendingSnapshot<S, M> pending;
        try {
            pending = snapshot(network, initiators.toArray(ProcessId[]::new));
        } catch (IllegalStateException e) {
            if (network.failure().isEmpty()) {
                throw e;
            }
            return; // It stopped a moment ago.
        }
        initiated.add(new InitiatedSnapshot<>(pending, audit));
        if (random.nextBoolean()) {
            network.initiate(pending.id(), any(system.topology().processes().asList()));
        }
        if (!isLastInitiated() && random.nextInt(ABANDON_ONE_IN) == 0) {
            any(initiated).abandon(network);
        }
    }

    private PendingSnapshot<S, M> snapshot(Network<S, M> network, ProcessId... initiators) {
        boolean isLast = initiated.size() == system.initiators().size() - 1;
        return conditions.faults().isEmpty() || (isLast && injection.letsSnapshotsComplete())
                ? network.snapshot(initiators)
                : network.snapshot(conditions.timeout(), initiators);
    }

    private void suspendSome(Network<S, M> network) {
        if (!isLastInitiated() && random.nextInt(SUSPEND_ONE_IN) == 0) {
            injection.suspend(network, any(system.topology().processes().asList()),
                    Math.min(2 * conditions.timeout().toMillis(),
                            conditions.patience().toMillis() / 2));
        }
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private String awaited() {
        return "nothing happens any more" + initiated.stream()
                .filter(one -> !one.hasEnded())
                .map(one -> "; " + one)
                .collect(Collectors.joining());
    }

    /** Closes the network, and returns whether that succeeded. */
    private boolean close(Network<S, M> network) {
        Thread closer = new Thread(() -> {
            try {
                network.close();
            } catch (IllegalStateException e) {
                failure = failure == null ? e : failure;
            }
        }, "chandy-lamport-closer");
        closer.setDaemon(true);
        closer.start();
        Uninterruptibles.joinUninterruptibly(closer, conditions.patience());
        return !closer.isAlive();
    }
}
