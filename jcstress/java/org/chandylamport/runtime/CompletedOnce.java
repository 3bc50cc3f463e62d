package org.chandylamport.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** The last two processes that complete their recordings complete the snapshot once. */
@JCStressTest
@Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "once, with both states")
@Outcome(expect = FORBIDDEN, desc = "never, twice, or without a state")
@State
public class CompletedOnce {

    private final Islands islands = new Islands();

    @Actor
    public void p() {
        islands.record(islands.p);
    }

    @Actor
    public void q() {
        islands.record(islands.q);
    }

    @Arbiter
    public void completed(II_Result result) {
        result.r1 = islands.ends.size();
        islands.end();
        result.r2 = islands.pending.future().join().state().processes().size();
    }

    /** A countdown that is not atomic. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "once")
    @Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "never: x86 shows this")
    @State
    public static class WithoutAtomicity {

        private int incomplete = 2;
        private final AtomicInteger completions = new AtomicInteger();

        private void complete() {
            if (--incomplete == 0) {
                completions.incrementAndGet();
            }
        }

        @Actor
        public void p() {
            complete();
        }

        @Actor
        public void q() {
            complete();
        }

        @Arbiter
        public void completed(I_Result result) {
            result.r1 = completions.get();
        }
    }
}
