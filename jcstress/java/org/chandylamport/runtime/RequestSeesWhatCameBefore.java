package org.chandylamport.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * What a thread did before it asked something of a process happens-before what the process does.
 */
@JCStressTest
@Outcome(id = "0", expect = ACCEPTABLE, desc = "not asked yet")
@Outcome(id = "5", expect = ACCEPTABLE, desc = "asked, and seen whole")
@Outcome(expect = FORBIDDEN, desc = "what was asked was seen half-made")
@State
public class RequestSeesWhatCameBefore {

    private final Pair pair = new Pair();
    private int prepared;
    private int seen;

    public RequestSeesWhatCameBefore() {
        pair.workers.worker(0).schedule(pair.q);
    }

    @Actor
    public void caller() {
        prepared = 5;
        pair.ask(pair.q, process -> seen = prepared == 0 ? -1 : prepared);
    }

    @Actor
    public void worker(I_Result result) {
        pair.run(0);
        result.r1 = seen;
    }

    /** A request in a plain field. */
    @JCStressTest
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "not asked yet")
    @Outcome(id = "5", expect = ACCEPTABLE, desc = "asked, and seen whole")
    @Outcome(id = "-1", expect = ACCEPTABLE_INTERESTING,
            desc = "what was asked was seen half-made: x86 may not show this")
    @State
    public static class WithoutRelease {

        private boolean asked;
        private int prepared;

        @Actor
        public void caller() {
            prepared = 5;
            asked = true;
        }

        @Actor
        public void worker(I_Result result) {
            if (asked) {
                result.r1 = prepared == 0 ? -1 : prepared;
            }
        }
    }
}
