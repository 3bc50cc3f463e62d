package org.chandylamport.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicInteger;
import org.chandylamport.model.Event;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** What was logged before the observation is closed is observed. */
@JCStressTest
@Outcome(id = "1", expect = ACCEPTABLE, desc = "observed once")
@Outcome(expect = FORBIDDEN, desc = "the event was missed, or observed twice")
@State
public class ClosingObservesEverything {

    private final AtomicInteger observed = new AtomicInteger();
    private final Observation<Integer, Integer> observation =
            new Observation<>(event -> observed.incrementAndGet(), cause -> {});
    private final EventLog<Integer, Integer> log = observation.newLog();

    @Actor
    public void observer() {
        observation.run();
    }

    @Actor
    public void closer() {
        log.accept(new Event.Internal<>(Pair.P, 5));
        observation.close();
    }

    @Arbiter
    public void observed(I_Result result) {
        result.r1 = observed.get();
    }

    /** The observer takes its last look, and reads only then whether it was the last. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "observed once")
    @Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "missed: x86 shows this")
    @State
    public static class LookingFirst {

        private volatile boolean logged;
        private volatile boolean closing;

        @Actor
        public void observer(I_Result result) {
            boolean last;
            do {
                if (logged) {
                    result.r1 = 1;
                }
                last = closing;
            } while (!last);
        }

        @Actor
        public void closer() {
            logged = true;
            closing = true;
        }
    }
}
