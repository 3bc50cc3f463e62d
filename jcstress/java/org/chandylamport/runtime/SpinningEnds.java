package org.chandylamport.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;

/** A worker that spins sees that a process is shared, and that the workers stop. */
@JCStressTest(Mode.Termination)
@Outcome(id = "TERMINATED", expect = ACCEPTABLE, desc = "it goes on")
@Outcome(id = "STALE", expect = FORBIDDEN, desc = "it spins for ever")
@State
public class SpinningEnds {

    private final Pair pair = new Pair();

    @Actor
    public void worker() {
        while (!pair.workers.hasShared()) {
            Thread.onSpinWait();
        }
    }

    @Signal
    public void sharer() {
        pair.workers.share(pair.p);
    }

    /** The workers stop. */
    @JCStressTest(Mode.Termination)
    @Outcome(id = "TERMINATED", expect = ACCEPTABLE, desc = "it goes on")
    @Outcome(id = "STALE", expect = FORBIDDEN, desc = "it spins for ever")
    @State
    public static class AtTheEnd {

        private final Pair pair = new Pair();

        @Actor
        public void worker() {
            while (!pair.workers.hasShared()) {
                Thread.onSpinWait();
            }
        }

        @Signal
        public void closer() {
            pair.workers.stop();
        }
    }

    /** The worker spins on a plain field. */
    @JCStressTest(Mode.Termination)
    @Outcome(id = "TERMINATED", expect = ACCEPTABLE, desc = "it goes on")
    @Outcome(id = "STALE", expect = ACCEPTABLE_INTERESTING,
            desc = "it spins for ever: x86 shows this")
    @State
    public static class OnAPlainField {

        private boolean shared;

        @Actor
        public void worker() {
            while (!shared) {
            }
        }

        @Signal
        public void sharer() {
            shared = true;
        }
    }
}
