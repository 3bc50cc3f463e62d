package org.chandylamport.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.chandylamport.model.Event;
import org.chandylamport.runtime.Pair.Account;
import org.chandylamport.runtime.Pair.Letter;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Who finds a receipt in the log of the receiver finds the sending in the log of the sender. */
@JCStressTest
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "sent, not received yet")
@Outcome(id = "false, false", expect = ACCEPTABLE, desc = "not sent yet")
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "sent and received")
@Outcome(id = "true, false", expect = FORBIDDEN, desc = "received, but not sent")
@State
public class SentIsLoggedBeforeReceived {

    private final EventLog<Account, Letter> sender = new EventLog<>();
    private final EventLog<Account, Letter> receiver = new EventLog<>();
    private final Pair pair = new Pair(sender, receiver);

    public SentIsLoggedBeforeReceived() {
        pair.askToSend(5);
        pair.workers.worker(0).schedule(pair.p);
        pair.workers.worker(0).schedule(pair.q);
    }

    @Actor
    public void processes() {
        pair.run(0);
    }

    @Actor
    public void observer(ZZ_Result result) {
        receiver.drainTo(event -> result.r1 |= event instanceof Event.Receive);
        sender.drainTo(event -> result.r2 |= event instanceof Event.Send);
    }

    /** Logs in plain fields. */
    @JCStressTest
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "sent, not received yet")
    @Outcome(id = "false, false", expect = ACCEPTABLE, desc = "not sent yet")
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "sent and received")
    @Outcome(id = "true, false", expect = ACCEPTABLE_INTERESTING,
            desc = "received, but not sent: x86 may not show this")
    @State
    public static class WithoutRelease {

        private boolean sent;
        private boolean received;

        @Actor
        public void processes() {
            sent = true;
            received = true;
        }

        @Actor
        public void observer(ZZ_Result result) {
            result.r1 = received;
            result.r2 = sent;
        }
    }
}
