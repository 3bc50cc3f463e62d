package org.chandylamport.protocol;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.chandylamport.model.Channel;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
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
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What the core does for one message received, beside doing nothing for it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReceiveBenchmark {

    @Param({"0", "1", "8", "64"})
    public int live;

    /** So many that starting the snapshots anew, so that their log is garbage, does not count. */
    private static final int MESSAGES = 4096;

    private static final ProcessId P = new ProcessId("p");
    private static final ProcessId Q = new ProcessId("q");
    private static final Integer MESSAGE = 5;

    private ChandyLamport<Integer, Integer> core;
    private Incoming<Integer> c;
    private Integer state;

    @Setup(Level.Invocation)
    public void startSnapshots() {
        core = new ChandyLamport<>(
                Q, 0, List.of(Channel.between(P, Q)), List.of(), recording -> {});
        c = core.incoming().get(0);
        for (int s = 1; s <= live; s++) {
            core.recordState(new SnapshotId(s));
        }
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void underlyingComputationAlone(Blackhole blackhole) {
        for (int i = 0; i < MESSAGES; i++) {
            state = MESSAGE;
            blackhole.consume(state);
        }
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void receive(Blackhole blackhole) {
        for (int i = 0; i < MESSAGES; i++) {
            core.receive(c, MESSAGE, MESSAGE);
            blackhole.consume(core.state());
        }
    }
}
