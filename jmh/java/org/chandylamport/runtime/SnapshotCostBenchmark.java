package org.chandylamport.runtime;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.AuxCounters;
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
 * What snapshots cost the computation: messages a second while none is recorded, while one is
 * after the other, and while eight overlap; beside stopping the world, which bare queues do.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SnapshotCostBenchmark {

    /**
     * What carries the tokens, and how many snapshots are live at any time: of more than one only a
     * network is capable here.
     */
    @Param({"network:0", "network:1", "network:8", "jctools:0", "jctools:1", "pekko:0", "pekko:1"})
    public String setting;

    @Param("complete4")
    public String graph;

    @Param("64")
    public int tokens;

    private static final int MESSAGES = 10_000;

    private final AtomicLong snapshots = new AtomicLong();
    private volatile boolean end;
    private int live;
    private Exchange exchange;
    private Thread snapshotter;
    private long awaited;

    /** Snapshots a second, beside the messages. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Taken {
        public long snapshots;
    }

    @Setup(Level.Trial)
    public void start() {
        Graph named = Graph.named(graph);
        String over = setting.substring(0, setting.indexOf(':'));
        live = Integer.parseInt(setting.substring(over.length() + 1));
        exchange = Exchange.of(over, named, named.initial(tokens));
        snapshotter = new Thread(this::takeSnapshots);
        snapshotter.start();
    }

    private void takeSnapshots() {
        if (live > 1) {
            NetworkExchange network = (NetworkExchange) exchange;
            Queue<PendingSnapshot<Integer, Integer>> pending = new ArrayDeque<>();
            while (!end) {
                pending.add(network.initiate());
                if (pending.size() == live) {
                    pending.remove().join();
                    snapshots.incrementAndGet();
                }
            }
            pending.forEach(PendingSnapshot::join);
        } else if (live == 1) {
            while (!end) {
                exchange.snapshot();
                snapshots.incrementAndGet();
            }
        }
    }

    /** What was received between iterations does not count. */
    @Setup(Level.Iteration)
    public void catchUp() {
        awaited = exchange.received();
        snapshots.set(0);
    }

    @TearDown(Level.Trial)
    public void close() {
        end = true;
        Uninterruptibles.joinUninterruptibly(snapshotter);
        exchange.close();
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void message(Taken taken) {
        awaited = MessageBenchmark.await(exchange, awaited + MESSAGES);
        taken.snapshots += snapshots.getAndSet(0);
    }
}
