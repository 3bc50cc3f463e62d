package org.chandylamport.cli;

import com.google.common.collect.EnumMultiset;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Multiset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.chandylamport.cli.StressRun.Conditions;
import org.jspecify.annotations.Nullable;

/** One random system under stress after another, and what came of all of them. */
final class Stress {

    private final int mostProcesses;
    private final Conditions conditions;
    private final Path folder;
    private final long seed;
    private final SplittableRandom random;

    private final Multiset<Ending> snapshots = EnumMultiset.create(Ending.class);
    private final Multiset<Fault> faults = EnumMultiset.create(Fault.class);
    private long systems;
    private long messages;
    private long failed;
    private long hung;
    private @Nullable Failure firstFailure;

    /**
     * The first run that was not as it must be.
     *
     * @param trace where its trace is saved, or null if there is none
     */
    record Failure(long system, ImmutableList<String> complaints, @Nullable Path trace) {}

    /** @param folder where the trace of the first failing run is saved */
    Stress(int mostProcesses, Conditions conditions, Path folder, long seed) {
        this.mostProcesses = mostProcesses;
        this.conditions = conditions;
        this.folder = folder;
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    /**
     * Runs so many systems, or until one hangs.
     *
     * @param another is asked before each system; false ends all
     * @param goOn is asked often; false ends the system that runs, and all
     * @param progress is told after each system
     */
    void run(long most, BooleanSupplier another, BooleanSupplier goOn, Consumer<Stress> progress)
            throws IOException {
        while (systems < most && hung == 0 && another.getAsBoolean() && goOn.getAsBoolean()) {
            long seedOfSystem = random.nextLong();
            StressRun<?, ?> run = new StressRun<>(
                    StressSystem.random(mostProcesses, seedOfSystem),
                    conditions.withFaults(some(conditions.faults())),
                    seedOfSystem);
            add(run.run(goOn), run);
            progress.accept(this);
        }
    }

    private void add(StressOutcome outcome, StressRun<?, ?> run) {
        systems++;
        messages += outcome.messages();
        snapshots.addAll(outcome.snapshots());
        faults.addAll(outcome.faults());
        hung += outcome.isHung() ? 1 : 0;
        if (!outcome.complaints().isEmpty()) {
            failed++;
            if (firstFailure == null) {
                firstFailure = failure(outcome.complaints(), run);
            }
        }
    }

    private Failure failure(ImmutableList<String> complaints, StressRun<?, ?> run) {
        Path file = folder.resolve("stress-" + seed + "-" + systems + ".ndjson");
        try {
            return new Failure(systems, complaints, run.save(file) ? file : null);
        } catch (IOException e) {
            ImmutableList<String> more = ImmutableList.<String>builder()
                    .add("its trace could not be written: " + e.getMessage())
                    .addAll(complaints).build();
            return new Failure(systems, more, null);
        }
    }

    /** A random choice of these, at least one if there is one. */
    private ImmutableList<Fault> some(ImmutableList<Fault> all) {
        ImmutableList<Fault> chosen = all.stream()
                .filter(fault -> random.nextBoolean())
                .collect(ImmutableList.toImmutableList());
        return chosen.isEmpty() && !all.isEmpty()
                ? ImmutableList.of(all.get(random.nextInt(all.size())))
                : chosen;
    }

    long systems() {
        return systems;
    }

    /** How many messages were received in all. */
    long messages() {
        return messages;
    }

    /** How the snapshots ended. */
    Multiset<Ending> snapshots() {
        return snapshots;
    }

    /** What went wrong on purpose. */
    Multiset<Fault> faults() {
        return faults;
    }

    /** How many systems gave reason for complaints. */
    long failed() {
        return failed;
    }

    /** How many systems hung: one at most. */
    long hung() {
        return hung;
    }

    @Nullable Failure firstFailure() {
        return firstFailure;
    }
}
