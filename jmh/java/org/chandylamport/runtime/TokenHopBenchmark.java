package org.chandylamport.runtime;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The hop of the only token of a ring from one process to the next. With the parallel collector, as
 * {@link ScaleBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 3, jvmArgsAppend = "-XX:+UseParallelGC")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TokenHopBenchmark {

    @Param({"network", "jctools", "pekko"})
    public String over;

    @Param({"10", "1000", "100000"})
    public int processes;

    private static final int HOPS = 10_000;

    private Exchange exchange;
    private long awaited;

    @Setup(Level.Trial)
    public void start() {
        Graph ring = Graph.named("ring" + processes);
        exchange = over.equals("jctools")
                ? new BareRing(processes) : Exchange.of(over, ring, ring.oneToken());
    }

    /** What was received between iterations does not count. */
    @Setup(Level.Iteration)
    public void catchUp() {
        awaited = exchange.received();
    }

    @TearDown(Level.Trial)
    public void close() {
        exchange.close();
    }

    @Benchmark
    @OperationsPerInvocation(HOPS)
    public void hop() {
        awaited = MessageBenchmark.await(exchange, awaited + HOPS);
    }
}
