package org.chandylamport.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** The number of messages received, read twice by any thread, never goes back. */
@JCStressTest
@Outcome(id = {"0, 0", "0, 1", "0, 2", "1, 1", "1, 2", "2, 2"}, expect = ACCEPTABLE,
        desc = "it stays or grows")
@Outcome(expect = FORBIDDEN, desc = "it goes back")
@State
public class ReceivedNeverGoesBack {

    private final Pair pair = new Pair();
    private final Pair same = pair;

    public ReceivedNeverGoesBack() {
        pair.askToSend(1);
        pair.askToSend(2);
        pair.workers.worker(0).schedule(pair.p);
        pair.run(0);
        pair.workers.worker(1).schedule(pair.q);
    }

    @Actor
    public void process() {
        pair.run(1);
    }

    @Actor
    public void reader(JJ_Result result) {
        result.r1 = pair.q.received();
        result.r2 = same.q.received();
    }

    /** A plain counter. */
    @JCStressTest
    @Outcome(id = {"0, 0", "0, 1", "1, 1"}, expect = ACCEPTABLE, desc = "it stays or grows")
    @Outcome(expect = ACCEPTABLE_INTERESTING, desc = "it goes back: x86 may not show this")
    @State
    public static class InAPlainField {

        private static final class Counter {
            long received;
        }

        private final Counter counter = new Counter();
        private final Counter same = counter;

        @Actor
        public void process() {
            counter.received++;
        }

        @Actor
        public void reader(JJ_Result result) {
            result.r1 = counter.received;
            result.r2 = same.received;
        }
    }
}
