package org.chandylamport.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.List;
import org.chandylamport.runtime.Pair.Account;
import org.chandylamport.runtime.Pair.Letter;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * What a channel holds at the start is received before anything that is sent later, and whole,
 * whichever thread has wired the network.
 */
@JCStressTest
@Outcome(id = "0", expect = ACCEPTABLE, desc = "the network is not started yet")
@Outcome(id = "12", expect = ACCEPTABLE, desc = "the restored messages, in order")
@Outcome(id = "123", expect = ACCEPTABLE, desc = "and then the one that was sent")
@Outcome(expect = FORBIDDEN, desc = "a message was seen out of order, twice or half-made")
@State
public class RestoredMessagesComeFirst {

    private final Workers<Account, Letter> workers =
            new Workers<>(1, (process, cause) -> {}, () -> {});
    private int received;

    private Account receive(Account account, Letter letter) {
        received = received * 10 + letter.amount;
        return account;
    }

    @Actor
    public void starter() {
        Pair pair = new Pair(workers, (account, channel, letter, outbox) ->
                receive(account, letter), List.of(new Letter(1), new Letter(2)), null, null);
        workers.share(pair.q);
        workers.share(pair.p);
        pair.askToSend(3);
    }

    @Actor
    public void worker(I_Result result) {
        while (workers.worker(0).runNext()) {
            Thread.onSpinWait();
        }
        result.r1 = received;
    }

    /** The network is handed to its worker by a plain field. */
    @JCStressTest
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "the network is not started yet")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "the restored message")
    @Outcome(id = "-1", expect = ACCEPTABLE_INTERESTING,
            desc = "the message was seen half-made: x86 may not show this")
    @State
    public static class WithoutRelease {

        private Letter[] channel;

        @Actor
        public void starter() {
            Letter[] wired = {new Letter(1)};
            channel = wired;
        }

        @Actor
        public void worker(I_Result result) {
            Letter[] wired = channel;
            if (wired != null) {
                Letter first = wired[0];
                result.r1 = first == null || first.amount == 0 ? -1 : first.amount;
            }
        }
    }
}
