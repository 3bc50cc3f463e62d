package org.chandylamport.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicInteger;
import org.chandylamport.runtime.Pair.Account;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A request that meets the end of the network is run or refused, and never both. */
@JCStressTest
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "run")
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "refused")
@Outcome(expect = FORBIDDEN, desc = "both, or neither")
@State
public class RequestIsRunOrRefused {

    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final Pair pair = new Pair();
    private final Request<Account, Pair.Letter> request = new Request<>(
            process -> runs.incrementAndGet(), reason -> refusals.incrementAndGet());

    public RequestIsRunOrRefused() {
        pair.q.inbox().push(request);
        pair.workers.worker(0).schedule(pair.q);
    }

    @Actor
    public void worker() {
        pair.run(0);
    }

    @Actor
    public void closer() {
        request.refuse(Islands.REASON);
    }

    @Arbiter
    public void outcome(II_Result result) {
        result.r1 = runs.get();
        result.r2 = refusals.get();
    }

    /** Whether it was taken is kept in a plain field. */
    @JCStressTest
    @Outcome(id = {"1, 0", "0, 1"}, expect = ACCEPTABLE, desc = "run or refused")
    @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "both: x86 shows this")
    @State
    public static class InAPlainField {

        private boolean taken;

        @Actor
        public void worker(II_Result result) {
            if (!taken) {
                taken = true;
                result.r1 = 1;
            }
        }

        @Actor
        public void closer(II_Result result) {
            if (!taken) {
                taken = true;
                result.r2 = 1;
            }
        }
    }
}
