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

/**
 * A worker that stops watching, because all are idle, either sees that another one has become busy,
 * or is woken when that one lends.
 */
@JCStressTest
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "it saw the busy one before it was seen")
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "it parks, and is woken")
@Outcome(id = "false, false", expect = ACCEPTABLE, desc = "it is woken before it parks")
@Outcome(id = "true, true", expect = FORBIDDEN, desc = "it parks, and nobody wakes it")
@State
public class BusyIsWatched {

    private final Pair pair = new Pair();
    private final Worker<Account, Pair.Letter> watcher = pair.workers.worker(0);
    private final Worker<Account, Pair.Letter> lender = pair.workers.worker(1);

    /** One watches, and the other becomes idle too. */
    public BusyIsWatched() {
        pair.workers.startSearching();
        pair.workers.stopSearching();
        pair.workers.startWatching();
        pair.workers.startSearching();
        pair.workers.stopSearching();
    }

    @Actor
    public void watcher(ZZ_Result result) {
        pair.workers.stopWatching();
        watcher.sayParked();
        result.r1 = watcher.mustPark();
    }

    @Actor
    public void lender() {
        pair.workers.busy();
        lender.schedule(pair.p);
        lender.lend();
    }

    @Arbiter
    public void stillParked(ZZ_Result result) {
        result.r2 = watcher.wake();
    }

    /** The same handshake, with release and acquire in place of volatile accesses. */
    @JCStressTest
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "each saw the other")
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "the one that watched saw the other")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "the busy one wakes it")
    @Outcome(id = "false, false", expect = ACCEPTABLE_INTERESTING,
            desc = "it parks, and nobody wakes it: x86 shows this")
    @State
    public static class WithoutFence {

        private final AtomicBoolean unwatched = new AtomicBoolean();
        private final AtomicBoolean busy = new AtomicBoolean();

        @Actor
        public void watcher(ZZ_Result result) {
            unwatched.setRelease(true);
            result.r1 = busy.getAcquire();
        }

        @Actor
        public void lender(ZZ_Result result) {
            busy.setRelease(true);
            result.r2 = unwatched.getAcquire();
        }
    }
}
