package org.chandylamport.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A process that receives a marker while another thread makes it initiate that snapshot records its
 * state once.
 */
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "the marker came first")
@Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "the initiation came first")
@Outcome(expect = FORBIDDEN, desc = "q did not record its state once")
@State
public class MarkerRacesWithInitiation {

    private final Pair pair = new Pair();

    public MarkerRacesWithInitiation() {
        pair.askToInitiate(pair.p);
        pair.workers.worker(0).schedule(pair.p);
        pair.workers.worker(1).schedule(pair.q);
        pair.run(1);
    }

    @Actor
    public void marker() {
        pair.run(0);
    }

    @Actor
    public void initiation() {
        pair.askToInitiate(pair.q);
        pair.run(1);
    }

    @Arbiter
    public void recorded(II_Result result) {
        pair.run(0);
        pair.run(1);
        result.r1 = pair.completions.get();
        result.r2 = pair.pending.future().join().initiators().size();
    }

    /** The initiating thread does not go through the inbox of the process. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "recorded once")
    @Outcome(id = "2", expect = ACCEPTABLE_INTERESTING, desc = "recorded twice: x86 shows this")
    @State
    public static class WithoutInbox {

        private final AtomicInteger recordings = new AtomicInteger();
        private boolean recorded;

        private void record() {
            if (!recorded) {
                recorded = true;
                recordings.incrementAndGet();
            }
        }

        @Actor
        public void marker() {
            record();
        }

        @Actor
        public void initiation() {
            record();
        }

        @Arbiter
        public void recorded(I_Result result) {
            result.r1 = recordings.get();
        }
    }
}
