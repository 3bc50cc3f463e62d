package org.chandylamport.runtime;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A snapshot round: from the call that initiates it until the recorded global state is in the
 * caller's hands, idle (no token) and loaded, beside actors that run the same processes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SnapshotBenchmark {

    @Param({"network", "pekko"})
    public String over;

    @Param({"ring2", "complete4", "random16"})
    public String graph;

    /** How many tokens each process passes on meanwhile. */
    @Param({"0", "64"})
    public int tokens;

    private Exchange exchange;

    @Setup(Level.Trial)
    public void start() {
        Graph named = Graph.named(graph);
        exchange = Exchange.of(over, named, named.initial(tokens));
    }

    @TearDown(Level.Trial)
    public void close() {
        exchange.close();
    }

    @Benchmark
    public Object round() {
        return exchange.snapshot();
    }
}
