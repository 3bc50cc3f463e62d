package org.chandylamport.sim;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.chandylamport.trace.Tlc;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Distinct states a second: {@code explore} beside TLC with two workers, on the same model, with
 * the same invariants (spec/models/ring2-messages3.cfg), each in a JVM that has just started. To be
 * run where the folder {@code spec} is.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(3)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class ExploreBenchmark {

    private static final String MODEL = "ring2-messages3";
    private static final int MESSAGES = 3;
    private static final long STATES = 383_851;
    private static final Duration AT_MOST = Duration.ofMinutes(10);

    /** How many states were visited: divide by the score for states a second. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Visited {
        public long states;
    }

    @Benchmark
    public void explore(Visited visited) {
        ProcessId p = new ProcessId("p");
        ProcessId q = new ProcessId("q");
        ImmutableSortedSet<ProcessId> both = ImmutableSortedSet.of(p, q);
        Setup<Counting.State, Integer> setup = Setup.counting(Topology.ring(p, q), MESSAGES)
                .withInitiators(ImmutableMap.of(
                        new SnapshotId(1), both, new SnapshotId(2), both));
        visited.states = require(new Explorer<>(setup).states().states());
    }

    @Benchmark
    public void tlc(Visited visited) throws IOException {
        Path folder = Files.createTempDirectory("explore-benchmark");
        try {
            try (DirectoryStream<Path> modules =
                    Files.newDirectoryStream(Path.of("spec"), "*.tla")) {
                for (Path module : modules) {
                    Files.copy(module, folder.resolve(module.getFileName()));
                }
            }
            Files.copy(Path.of("spec", "models", MODEL + ".cfg"), folder.resolve("model.cfg"));
            Tlc.Result result = Tlc.run(folder, List.of(),
                    List.of("-workers", "2", "-config", "model.cfg", "Counting"),
                    AT_MOST, line -> {});
            if (!result.isComplete()) {
                throw new IllegalStateException(result.toString());
            }
            visited.states = require(result.output().stream()
                    .filter(line -> !line.startsWith("Progress("))
                    .filter(line -> line.contains("distinct states found"))
                    .mapToLong(line -> Long.parseLong(
                            line.replaceAll(".* (\\d+) distinct states found.*", "$1")))
                    .max().orElse(0));
        } finally {
            MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
        }
    }

    private static long require(long states) {
        if (states != STATES) {
            throw new IllegalStateException(states + " states, not " + STATES);
        }
        return states;
    }
}
