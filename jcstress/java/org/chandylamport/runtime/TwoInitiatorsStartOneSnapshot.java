package org.chandylamport.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Two processes that initiate the same snapshot at the same time complete it once, together. */
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "the other one was reached by a marker first")
@Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "both initiated it")
@Outcome(expect = FORBIDDEN, desc = "it was not completed once, or an initiator got lost")
@State
public class TwoInitiatorsStartOneSnapshot {

    private final Pair pair = new Pair();

    public TwoInitiatorsStartOneSnapshot() {
        pair.askToInitiate(pair.p);
        pair.askToInitiate(pair.q);
        pair.workers.worker(0).schedule(pair.p);
        pair.workers.worker(1).schedule(pair.q);
    }

    @Actor
    public void p() {
        pair.run(0);
    }

    @Actor
    public void q() {
        pair.run(1);
    }

    @Arbiter
    public void initiators(II_Result result) {
        result.r1 = pair.completions.get();
        result.r2 = pair.pending.future().join().initiators().size();
    }

    /** Initiators kept in a plain field. */
    @JCStressTest
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "both are known")
    @Outcome(id = "1", expect = ACCEPTABLE_INTERESTING, desc = "one got lost: x86 shows this")
    @State
    public static class InAPlainField {

        private int initiators;

        @Actor
        public void p() {
            initiators |= 1;
        }

        @Actor
        public void q() {
            initiators |= 2;
        }

        @Arbiter
        public void initiators(I_Result result) {
            result.r1 = Integer.bitCount(initiators);
        }
    }
}
