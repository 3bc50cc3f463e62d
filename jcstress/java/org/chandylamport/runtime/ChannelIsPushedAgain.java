package org.chandylamport.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.chandylamport.runtime.Pair.Account;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;

/**
 * A channel that its receiver has put aside can be pushed into the inbox again, and what the inbox
 * held before stays there.
 */
@JCStressTest
@Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "the receiver keeps the channel")
@Outcome(id = "false, 2", expect = ACCEPTABLE, desc = "the sender pushed it")
@Outcome(expect = FORBIDDEN, desc = "the receiver's unlinking undid the sender's linking")
@State
public class ChannelIsPushedAgain {

    private final Pair pair = new Pair();
    private final Fifo<Input<Account, Pair.Letter>> ready = new Fifo<>();

    public ChannelIsPushedAgain() {
        pair.q.inbox().takeAll(ready);
        pair.askToInitiate(pair.q);
        pair.askToSend(5);
    }

    @Actor
    public void sender() {
        pair.p.run(pair.workers.worker(0));
    }

    @Actor
    public void receiver(ZI_Result result) {
        result.r1 = ready.poll().hasMore(true);
    }

    @Arbiter
    public void inbox(ZI_Result result) {
        result.r2 = count(pair.q.inbox());
    }

    /** How much an inbox holds; takes it. */
    static int count(Inbox<Input<Account, Pair.Letter>> inbox) {
        Fifo<Input<Account, Pair.Letter>> list = new Fifo<>();
        inbox.takeAll(list);
        int count = 0;
        while (list.poll() != null) {
            count++;
        }
        return count;
    }

    /** The flag by which the receiver gives the channel away does not publish the unlinking. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "the sender has linked the channel")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "the sender was too early")
    @Outcome(id = "-1", expect = ACCEPTABLE_INTERESTING,
            desc = "the receiver's unlinking undid the sender's linking: x86 may not show this")
    @State
    public static class WithoutRelease {

        private static final VarHandle SIGNALLED;

        static {
            try {
                SIGNALLED = MethodHandles.lookup()
                        .findVarHandle(WithoutRelease.class, "signalled", boolean.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private boolean signalled = true;
        private boolean pushed;
        private Object next = "what was pushed before, long ago";

        @Actor
        public void sender() {
            if (SIGNALLED.weakCompareAndSetPlain(this, false, true)) {
                next = this;
                pushed = true;
            }
        }

        @Actor
        public void receiver() {
            next = null;
            SIGNALLED.setOpaque(this, false);
        }

        @Arbiter
        public void next(I_Result result) {
            result.r1 = !pushed ? 0 : next == this ? 1 : -1;
        }
    }
}
