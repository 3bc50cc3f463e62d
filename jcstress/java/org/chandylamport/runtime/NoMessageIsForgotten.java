package org.chandylamport.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A channel with a message is put forward once: by its receiver, which is about to put it aside, or
 * by its sender.
 */
@JCStressTest
@Outcome(id = "true, 0", expect = ACCEPTABLE, desc = "the receiver keeps the channel")
@Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "the sender puts it into the inbox")
@Outcome(id = "false, 0", expect = FORBIDDEN, desc = "the message is forgotten")
@Outcome(expect = FORBIDDEN, desc = "the channel is put forward twice")
@State
public class NoMessageIsForgotten {

    private final Pair pair = new Pair();

    public NoMessageIsForgotten() {
        pair.q.inbox().takeAll(new Fifo<>());
        pair.askToSend(5);
    }

    @Actor
    public void sender() {
        pair.p.run(pair.workers.worker(0));
    }

    @Actor
    public void receiver(ZI_Result result) {
        result.r1 = pair.pq.hasMore(true);
    }

    @Arbiter
    public void inbox(ZI_Result result) {
        result.r2 = ChannelIsPushedAgain.count(pair.q.inbox());
    }

    /** The same handshake, with release and acquire in place of the full fences. */
    @JCStressTest
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "both see to it, a CAS decides")
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "the receiver keeps the channel")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "the sender puts it forward")
    @Outcome(id = "false, false", expect = ACCEPTABLE_INTERESTING,
            desc = "the message is forgotten: x86 shows this")
    @State
    public static class WithoutFence {

        private static final VarHandle MESSAGE;
        private static final VarHandle SIGNALLED;

        static {
            try {
                MethodHandles.Lookup lookup = MethodHandles.lookup();
                MESSAGE = lookup.findVarHandle(WithoutFence.class, "message", boolean.class);
                SIGNALLED = lookup.findVarHandle(WithoutFence.class, "signalled", boolean.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private boolean message;
        private boolean signalled = true;

        @Actor
        public void sender(ZZ_Result result) {
            MESSAGE.setRelease(this, true);
            result.r2 = !(boolean) SIGNALLED.getAcquire(this);
        }

        @Actor
        public void receiver(ZZ_Result result) {
            SIGNALLED.setRelease(this, false);
            result.r1 = (boolean) MESSAGE.getAcquire(this);
        }
    }
}
