package org.chandylamport.trace;

import com.google.common.collect.Maps;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.chandylamport.Configuration;
import org.chandylamport.Network;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Topology;
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
 * What tracing costs the message path: a ring of 2, 64 tokens a process, with nobody observing the
 * events, or somebody who drops them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TracingBenchmark {

    @Param({"off", "on"})
    public String trace;

    private static final int MESSAGES = 10_000;
    private static final int TOKENS = 64;
    private static final long PAUSE_NANOS = 100_000;

    private Network<Integer, Integer> network;
    private long awaited;

    @Setup(Level.Trial)
    public void start() {
        Topology ring = Topology.ring(new ProcessId("p"), new ProcessId("q"));
        GlobalState<Integer, Integer> initial = GlobalState.of(
                Maps.asMap(ring.processes(), p -> 0),
                Maps.toMap(ring.channels(), c -> Collections.nCopies(TOKENS, 1)));
        Configuration<Integer, Integer> configuration =
                Network.configure(ring, p -> {
                    Channel next = ring.outgoing(p).get(0);
                    return (state, channel, token, outbox) -> {
                        outbox.send(next, token);
                        return state;
                    };
                }, initial);
        if (trace.equals("on")) {
            Consumer<Event<Integer, Integer>> drop = event -> {};
            configuration.trace(drop);
        }
        network = configuration.workers(2).start();
    }

    /** What was received between iterations does not count. */
    @Setup(Level.Iteration)
    public void catchUp() {
        awaited = network.received();
    }

    @TearDown(Level.Trial)
    public void close() {
        network.close();
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void message() {
        awaited += MESSAGES;
        while (network.received() < awaited) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
