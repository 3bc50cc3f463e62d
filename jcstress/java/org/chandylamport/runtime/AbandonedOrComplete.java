package org.chandylamport.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A snapshot that was open when it was abandoned fails, and any other one is complete. */
@JCStressTest
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "abandoned, and it failed")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "too late, and it is complete")
@Outcome(expect = FORBIDDEN, desc = "it ended twice, or not as its abandoner was told")
@State
public class AbandonedOrComplete {

    private final Islands islands = new Islands();

    public AbandonedOrComplete() {
        islands.record(islands.q);
    }

    @Actor
    public void complete() {
        islands.record(islands.p);
    }

    @Actor
    public void abandon(ZZ_Result result) {
        result.r1 = islands.abandon();
    }

    @Arbiter
    public void outcome(ZZ_Result result) {
        if (islands.ends.size() != 1) {
            throw new IllegalStateException("ended " + islands.ends.size() + " times");
        }
        islands.end();
        result.r2 = !islands.pending.future().isCompletedExceptionally();
    }

    /** Completion is decided apart from the removal. */
    @JCStressTest
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "abandoned, and it failed")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "too late, and it is complete")
    @Outcome(id = "true, true", expect = ACCEPTABLE_INTERESTING,
            desc = "abandoned, and complete all the same: x86 shows this")
    @State
    public static class DecidedApart {

        private final AtomicBoolean open = new AtomicBoolean(true);
        private final AtomicInteger ends = new AtomicInteger();

        @Actor
        public void complete() {
            ends.compareAndSet(0, 1);
            open.set(false);
        }

        @Actor
        public void abandon(ZZ_Result result) {
            result.r1 = open.getAndSet(false);
            if (result.r1) {
                ends.compareAndSet(0, 2);
            }
        }

        @Arbiter
        public void outcome(ZZ_Result result) {
            result.r2 = ends.get() == 1;
        }
    }
}
