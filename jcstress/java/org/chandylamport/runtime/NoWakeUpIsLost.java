package org.chandylamport.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.chandylamport.runtime.Pair.Account;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A worker that parks either sees the process that is shared, or is woken for it. */
@JCStressTest
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "it saw the process before it was seen")
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "it parks, and is woken")
@Outcome(id = "false, false", expect = ACCEPTABLE, desc = "it is woken before it parks")
@Outcome(id = "true, true", expect = FORBIDDEN, desc = "it parks, and nobody wakes it")
@State
public class NoWakeUpIsLost {

    private final Pair pair = new Pair();
    private final Worker<Account, Pair.Letter> worker = pair.workers.worker(0);

    /** The other worker is idle, and this one searches at first. */
    public NoWakeUpIsLost() {
        pair.workers.startSearching();
        pair.workers.stopSearching();
        pair.workers.startSearching();
    }

    @Actor
    public void worker(ZZ_Result result) {
        pair.workers.stopSearching();
        worker.sayParked();
        result.r1 = worker.mustPark();
    }

    @Actor
    public void sharer() {
        pair.workers.share(pair.p);
    }

    @Arbiter
    public void stillParked(ZZ_Result result) {
        result.r2 = worker.wake();
    }

    /** The same handshake, with release and acquire in place of the full fences. */
    @JCStressTest
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "each saw the other")
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "the worker saw the process")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "the sharer wakes the worker")
    @Outcome(id = "false, false", expect = ACCEPTABLE_INTERESTING,
            desc = "it parks, and nobody wakes it: x86 shows this")
    @State
    public static class WithoutFence {

        private static final VarHandle PARKED;
        private static final VarHandle SHARED;

        static {
            try {
                MethodHandles.Lookup lookup = MethodHandles.lookup();
                PARKED = lookup.findVarHandle(WithoutFence.class, "parked", boolean.class);
                SHARED = lookup.findVarHandle(WithoutFence.class, "shared", boolean.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private boolean parked;
        private boolean shared;

        @Actor
        public void worker(ZZ_Result result) {
            PARKED.setRelease(this, true);
            result.r1 = (boolean) SHARED.getAcquire(this);
        }

        @Actor
        public void sharer(ZZ_Result result) {
            SHARED.setRelease(this, true);
            result.r2 = (boolean) PARKED.getAcquire(this);
        }
    }
}
