package org.chandylamport.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicBoolean;
import org.chandylamport.runtime.Pair.Account;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A worker that parks while the workers stop either sees that they do, or is woken. */
@JCStressTest
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "it saw the end before it was seen")
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "it parks, and is woken")
@Outcome(id = "false, false", expect = ACCEPTABLE, desc = "it is woken before it parks")
@Outcome(id = "true, true", expect = FORBIDDEN, desc = "it parks, and nobody wakes it")
@State
public class WhoParksSeesTheEnd {

    private final Pair pair = new Pair();
    private final Worker<Account, Pair.Letter> worker = pair.workers.worker(0);

    /** Both are idle. */
    public WhoParksSeesTheEnd() {
        pair.workers.startSearching();
        pair.workers.stopSearching();
        pair.workers.startSearching();
        pair.workers.stopSearching();
    }

    @Actor
    public void worker(ZZ_Result result) {
        worker.sayParked();
        result.r1 = worker.mustPark();
    }

    @Actor
    public void closer() {
        pair.workers.stop();
    }

    @Arbiter
    public void stillParked(ZZ_Result result) {
        result.r2 = worker.wake();
    }

    /** The same handshake, with release and acquire in place of the full fences. */
    @JCStressTest
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "each saw the other")
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "the worker saw the end")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "the closer wakes the worker")
    @Outcome(id = "false, false", expect = ACCEPTABLE_INTERESTING,
            desc = "it parks, and nobody wakes it: x86 shows this")
    @State
    public static class WithoutFence {

        private final AtomicBoolean parked = new AtomicBoolean();
        private final AtomicBoolean stopped = new AtomicBoolean();

        @Actor
        public void worker(ZZ_Result result) {
            parked.setRelease(true);
            result.r1 = stopped.getAcquire();
        }

        @Actor
        public void closer(ZZ_Result result) {
            stopped.setRelease(true);
            result.r2 = parked.getAcquire();
        }
    }
}
