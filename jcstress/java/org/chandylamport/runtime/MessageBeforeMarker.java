package org.chandylamport.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.chandylamport.runtime.Pair.Letter;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A message and the marker after it are received in the order in which they were sent, and the
 * message is seen whole.
 */
@JCStressTest
@Outcome(id = "105, 0", expect = ACCEPTABLE, desc = "q recorded after the message")
@Outcome(expect = FORBIDDEN, desc = "the marker overtook the message, or the message was torn")
@State
public class MessageBeforeMarker {

    private final Pair pair = new Pair();

    public MessageBeforeMarker() {
        pair.askToSend(5);
        pair.askToInitiate(pair.p);
        pair.workers.worker(0).schedule(pair.p);
        pair.workers.worker(1).schedule(pair.q);
    }

    @Actor
    public void sender() {
        pair.run(0);
    }

    @Actor
    public void receiver() {
        pair.run(1);
    }

    @Arbiter
    public void recorded(II_Result result) {
        var snapshot = pair.pending.future().getNow(null);
        result.r1 = snapshot == null ? -1 : snapshot.state().processes().get(Pair.Q).balance;
        result.r2 = snapshot == null ? -1 : Pair.inTransit(snapshot);
    }

    /** A message and a marker in plain slots, which nothing orders. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "nothing has arrived")
    @Outcome(id = "5, 0", expect = ACCEPTABLE, desc = "the message has arrived")
    @Outcome(id = "5, 1", expect = ACCEPTABLE, desc = "both have arrived, in order")
    @Outcome(expect = ACCEPTABLE_INTERESTING,
            desc = "the marker overtook the message, or it was torn: x86 may not show this")
    @State
    public static class WithoutRelease {

        private Letter message;
        private Object marker;

        @Actor
        public void sender() {
            message = new Letter(5);
            marker = this;
        }

        @Actor
        public void receiver(II_Result result) {
            result.r2 = marker == null ? 0 : 1;
            Letter received = message;
            result.r1 = received == null ? 0 : received.amount;
        }
    }
}
