package org.chandylamport.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.chandylamport.runtime.Pair.Account;
import org.chandylamport.runtime.Pair.Letter;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A process that a worker lends is stolen or taken back, once, and a thief sees what the worker did
 * before it lent.
 */
@JCStressTest
@Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "both were taken back")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "the first was stolen")
@Outcome(id = "0, 2", expect = ACCEPTABLE, desc = "both were stolen")
@Outcome(expect = FORBIDDEN, desc = "one was lost, taken twice, or seen too early")
@State
public class LentIsTakenOnce {

    private final Pair pair = new Pair();
    private final RunQueue<LocalProcess<Account, Letter>> queue = new RunQueue<>();
    private final RunQueue<LocalProcess<Account, Letter>> stolen = new RunQueue<>();
    private final int[] written = new int[2];

    @Actor
    public void owner(II_Result result) {
        lend(pair.p, 0);
        lend(pair.q, 1);
        while (queue.poll() != null) {
            result.r1++;
        }
    }

    private void lend(LocalProcess<Account, Letter> process, int index) {
        written[index] = 1;
        queue.add(process);
        queue.lend();
    }

    @Actor
    public void thief(II_Result result) {
        stolen.steal(queue);
        LocalProcess<Account, Letter> process = stolen.poll();
        while (process != null) {
            result.r2 += written[process == pair.p ? 0 : 1];
            process = stolen.poll();
        }
    }

    /** Whoever takes what is lent reads it, and then clears it. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "once")
    @Outcome(id = "2", expect = ACCEPTABLE_INTERESTING, desc = "twice: x86 shows this")
    @State
    public static class WithoutAtomicity {

        private boolean lent = true;
        private int owned;
        private int stolen;

        private int take() {
            if (!lent) {
                return 0;
            }
            lent = false;
            return 1;
        }

        @Actor
        public void owner() {
            owned = take();
        }

        @Actor
        public void thief() {
            stolen = take();
        }

        @Arbiter
        public void times(I_Result result) {
            result.r1 = owned + stolen;
        }
    }
}
