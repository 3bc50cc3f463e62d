package org.chandylamport.runtime;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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
 * Messages a second in closed loop, on two threads, beside bare queues that pass the same tokens
 * and beside actors with the same processes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MessageBenchmark {

    @Param({"network", "jctools", "concurrentLinkedQueue", "linkedBlockingQueue", "pekko"})
    public String over;

    @Param({"ring2", "complete4"})
    public String graph;

    /** How many tokens each process starts with. */
    @Param({"1", "64", "1024"})
    public int tokens;

    private static final int MESSAGES = 10_000;
    private static final long PAUSE_NANOS = 100_000;

    private Exchange exchange;
    private long awaited;

    @Setup(Level.Trial)
    public void start() {
        Graph named = Graph.named(graph);
        exchange = Exchange.of(over, named, named.initial(tokens));
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
    @OperationsPerInvocation(MESSAGES)
    public void message() {
        awaited = await(exchange, awaited + MESSAGES);
    }

    /** Sleeps, so as not to take the exchange's processors, until so many are received. */
    static long await(Exchange exchange, long messages) {
        while (exchange.received() < messages) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return messages;
    }
}
