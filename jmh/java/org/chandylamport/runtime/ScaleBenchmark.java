package org.chandylamport.runtime;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.chandylamport.Network;
import org.chandylamport.model.ProcessId;
import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;
import org.openjdk.jmh.annotations.AuxCounters;
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
 * A snapshot of an idle network whose graph is random and has two channels a process, beside one
 * element that goes through each of as many bare queues, from one thread to another.
 *
 * <p>{@code elements} is the time divided by the channels: a marker's, from the call that initiates
 * the snapshot until the recorded global state is in the caller's hands; or that of the element of
 * a bare queue. Both run with the parallel collector: what G1 does for a reference that is stored
 * costs more than the rest of the way of a marker.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2, jvmArgsAppend = {"-XX:+UseParallelGC", "-Xms4g", "-Xmx4g"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ScaleBenchmark {

    @Param({"100", "1000", "10000", "100000", "1000000"})
    public int channels;

    private static final int CHANNELS_A_PROCESS = 2;

    /** Nanoseconds a marker, or a queue's element. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Moved {
        public long elements;
    }

    /** What a network adds to the live heap, its topology and first use included. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Heap {
        public long bytesPerChannel;
    }

    /** A network, once it is started. */
    @State(Scope.Benchmark)
    public static class Running {
        private Network<Integer, Integer> network;
        private ProcessId[] processes;
        private int next;

        @Setup(Level.Trial)
        public void start(ScaleBenchmark benchmark) {
            Graph graph = Graph.named("random" + benchmark.channels / CHANNELS_A_PROCESS);
            network = Network.configure(
                    graph.topology(), graph.behaviors()::get, graph.initial(0)).workers(2).start();
            processes = graph.topology().processes().toArray(ProcessId[]::new);
        }

        @TearDown(Level.Trial)
        public void close() {
            network.close();
        }
    }

    /** Bare queues, and a thread that takes one element out of each, again and again. */
    @State(Scope.Benchmark)
    public static class Bare {
        private Queue<Object>[] queues;
        private Thread consumer;
        private volatile long rounds;
        private volatile boolean end;

        @Setup(Level.Trial)
        @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no arrays of a generic type.
        public void start(ScaleBenchmark benchmark) {
            queues = new Queue[benchmark.channels];
            for (int i = 0; i < queues.length; i++) {
                queues[i] = new SpscVarHandleArrayQueue<>(16);
            }
            consumer = new Thread(this::consume);
            consumer.start();
        }

        private void consume() {
            for (int i = 0; !end; i++) {
                while (queues[i].poll() == null && !end) {
                    Thread.onSpinWait();
                }
                if (i + 1 == queues.length) {
                    rounds++;
                    i = -1;
                }
            }
        }

        @TearDown(Level.Trial)
        public void close() {
            end = true;
            Uninterruptibles.joinUninterruptibly(consumer);
        }
    }

    @Benchmark
    public void bareQueues(Bare bare, Moved moved) {
        long round = bare.rounds;
        for (Queue<Object> queue : bare.queues) {
            queue.offer(Graph.TOKEN);
        }
        while (bare.rounds == round) {
            Thread.onSpinWait();
        }
        moved.elements += channels;
    }

    @Benchmark
    public Object snapshot(Running running, Moved moved) {
        running.next = (running.next + 1) % running.processes.length;
        PendingSnapshot<Integer, Integer> pending =
                running.network.snapshot(running.processes[running.next]);
        moved.elements += channels;
        return pending.join();
    }

    /** Takes as long as it takes to make the topology and start the network, and to look. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @OutputTimeUnit(TimeUnit.SECONDS)
    @Warmup(iterations = 0)
    @Measurement(iterations = 1)
    public void start(Heap heap) {
        long before = liveBytes();
        Running running = new Running();
        running.start(this);
        heap.bytesPerChannel = (liveBytes() - before) / channels;
        running.close();
    }

    private static long liveBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
