package org.chandylamport.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * What a process did in one step happens-before its next step, whichever worker runs it, and two
 * workers never run it at the same time.
 */
@JCStressTest
@Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "each step saw the one before")
@Outcome(expect = FORBIDDEN, desc = "a step was lost, or overlapped with another one")
@State
public class ProcessIsHandedOver {

    private final Pair pair = new Pair();
    private boolean inStep;
    private int steps;
    private int overlaps;

    public ProcessIsHandedOver() {
        pair.workers.worker(0).schedule(pair.q);
        pair.run(0);
    }

    private void step() {
        overlaps += inStep ? 1 : 0;
        inStep = true;
        steps++;
        inStep = false;
    }

    @Actor
    public void one() {
        pair.ask(pair.q, process -> step());
        pair.run(0);
    }

    @Actor
    public void other() {
        pair.ask(pair.q, process -> step());
        pair.run(1);
    }

    @Arbiter
    public void steps(II_Result result) {
        pair.run(0);
        result.r1 = steps;
        result.r2 = overlaps;
    }

    /** Who runs the process is told by a flag that publishes nothing. */
    @JCStressTest
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "each step saw the one before")
    @Outcome(expect = ACCEPTABLE_INTERESTING, desc = "a step was lost: x86 may not show this")
    @State
    public static class WithoutRelease {

        private static final VarHandle IDLE;

        static {
            try {
                IDLE = MethodHandles.lookup()
                        .findVarHandle(WithoutRelease.class, "idle", boolean.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private boolean idle = true;
        private int steps;

        private void step() {
            while (!IDLE.weakCompareAndSetPlain(this, true, false)) {
                Thread.onSpinWait();
            }
            steps++;
            IDLE.setOpaque(this, true);
        }

        @Actor
        public void one() {
            step();
        }

        @Actor
        public void other() {
            step();
        }

        @Arbiter
        public void steps(I_Result result) {
            result.r1 = steps;
        }
    }
}
