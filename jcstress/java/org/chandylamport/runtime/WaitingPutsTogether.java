package org.chandylamport.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Whoever waits for a snapshot and the executor that would complete it put it together once. */
@JCStressTest
@Outcome(id = "5, 1", expect = ACCEPTABLE, desc = "once, with what was written before")
@Outcome(expect = FORBIDDEN, desc = "twice, or without what was written before")
@State
public class WaitingPutsTogether {

    private final Executor executor = Runnable::run;
    private final Delivery<Integer> delivery = new Delivery<>(this::putTogether, executor);
    private int part;
    private int times;

    private Integer putTogether() {
        times++;
        return part;
    }

    @Actor
    public void lastProcess() {
        part = 5;
        delivery.ready();
    }

    @Actor
    public void waiting(II_Result result) {
        result.r1 = delivery.join();
    }

    @Arbiter
    public void once(II_Result result) {
        result.r2 = times;
    }

    /** Whoever waits learns why there is no value, though the executor never does anything. */
    @JCStressTest
    @Outcome(id = "5", expect = ACCEPTABLE, desc = "with what was written before")
    @Outcome(expect = FORBIDDEN, desc = "without it, or no failure at all")
    @State
    public static class OrFails {

        private final Delivery<Integer> delivery = new Delivery<>(() -> -1, task -> {});
        private int part;

        @Actor
        public void fails() {
            part = 5;
            delivery.fail(Islands.REASON);
        }

        @Actor
        public void waiting(I_Result result) {
            try {
                result.r1 = delivery.join();
            } catch (CompletionException e) {
                result.r1 = part;
            }
        }
    }

    /** Why there is no value is written after it is said to be ready. */
    @JCStressTest
    @Outcome(id = {"-1", "5"}, expect = ACCEPTABLE, desc = "it is not ready, or has failed")
    @Outcome(id = "0", expect = ACCEPTABLE_INTERESTING,
            desc = "ready, and no failure at all: x86 shows this")
    @State
    public static class OrFailsTooLate {

        private volatile boolean ready;
        private volatile int failure;

        @Actor
        public void fails() {
            ready = true;
            failure = 5;
        }

        @Actor
        public void waiting(I_Result result) {
            result.r1 = ready ? failure : -1;
        }
    }

    /** Each looks whether it is put together, and then does it. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "once")
    @Outcome(id = "2", expect = ACCEPTABLE_INTERESTING, desc = "twice: x86 shows this")
    @State
    public static class WithoutAtomicity {

        private boolean taken;
        private int byExecutor;
        private int byWaiting;

        private int take() {
            if (taken) {
                return 0;
            }
            taken = true;
            return 1;
        }

        @Actor
        public void executor() {
            byExecutor = take();
        }

        @Actor
        public void waiting() {
            byWaiting = take();
        }

        @Arbiter
        public void times(I_Result result) {
            result.r1 = byExecutor + byWaiting;
        }
    }
}
