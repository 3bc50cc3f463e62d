package org.chandylamport.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/**
 * A step that is asked for while the network ends is refused, by who asks or by the last worker,
 * where no worker runs it any more.
 */
@JCStressTest
@Outcome(id = "true", expect = ACCEPTABLE, desc = "its future has failed")
@Outcome(expect = FORBIDDEN, desc = "its future is left open")
@State
public class StepAtTheEndIsNotLeftOpen {

    private static final Topology TOPOLOGY = new Topology(List.of(Pair.P), List.of());

    /** Its one worker has no thread: the closer ends it. */
    private final Engine<Integer, Integer> engine = new Engine<>(
            new Wiring<>(TOPOLOGY, p -> (state, c, m, outbox) -> state,
                    GlobalState.initial(TOPOLOGY, 0), (c, queue) -> queue),
            new SnapshotId(1), 1, Runnable::run, null);
    private CompletableFuture<Integer> step;

    @Actor
    public void asker() {
        step = engine.execute(Pair.P, (state, outbox) -> state);
    }

    @Actor
    public void closer() {
        engine.close();
        engine.workers().exited();
    }

    @Arbiter
    public void isRefused(Z_Result result) {
        result.r1 = step.isCompletedExceptionally();
    }

    /** The same handshake, with release and acquire in place of the full fences. */
    @JCStressTest
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "each saw the other")
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "who asks saw the end")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "the closer saw the step")
    @Outcome(id = "false, false", expect = ACCEPTABLE_INTERESTING,
            desc = "the step is left open: x86 shows this")
    @State
    public static class WithoutFence {

        private final AtomicBoolean pushed = new AtomicBoolean();
        private final AtomicBoolean ended = new AtomicBoolean();

        @Actor
        public void asker(ZZ_Result result) {
            pushed.setRelease(true);
            result.r1 = ended.getAcquire();
        }

        @Actor
        public void closer(ZZ_Result result) {
            ended.setRelease(true);
            result.r2 = pushed.getAcquire();
        }
    }
}
