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
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A recorded state and the contents of its channels are published whole to the thread that
 * completes the snapshot, and to whoever sees its future complete.
 */
@JCStressTest
@Outcome(id = "200, 0", expect = ACCEPTABLE, desc = "the message was received before q recorded")
@Outcome(id = "200, 7", expect = ACCEPTABLE, desc = "the message was in transit")
@Outcome(expect = FORBIDDEN, desc = "a state or a message was seen half-made, or got lost")
@State
public class RecordedStateIsPublished {

    private final Pair pair = new Pair();
    private volatile int total;
    private volatile int inTransit;

    public RecordedStateIsPublished() {
        pair.pending.future().thenAccept(snapshot -> {
            total = Pair.total(snapshot);
            inTransit = Pair.inTransit(snapshot);
        });
        pair.askToSend(7);
        pair.askToInitiate(pair.p);
        pair.askToInitiate(pair.q);
        pair.workers.worker(0).schedule(pair.p);
        pair.workers.worker(1).schedule(pair.q);
    }

    @Actor
    public void p() {
        pair.run(0);
    }

    @Actor
    public void q() {
        pair.run(1);
    }

    @Arbiter
    public void completed(II_Result result) {
        result.r1 = total;
        result.r2 = inTransit;
    }

    /** A third thread looks at the future. */
    @JCStressTest
    @Outcome(id = "-1", expect = ACCEPTABLE, desc = "not complete yet")
    @Outcome(id = "200", expect = ACCEPTABLE, desc = "complete, and seen whole")
    @Outcome(expect = FORBIDDEN, desc = "a state was seen half-made")
    @State
    public static class ToAnyThread {

        private final Pair pair = new Pair();

        public ToAnyThread() {
            pair.askToSend(7);
            pair.askToInitiate(pair.p);
            pair.workers.worker(0).schedule(pair.p);
            pair.workers.worker(0).schedule(pair.q);
        }

        @Actor
        public void processes() {
            pair.run(0);
        }

        @Actor
        public void reader(I_Result result) {
            result.r1 = Pair.total(pair.pending.future().getNow(null));
        }
    }

    /** A count of incomplete recordings that publishes nothing. */
    @JCStressTest
    @Outcome(id = "200", expect = ACCEPTABLE, desc = "the last one saw both states")
    @Outcome(expect = ACCEPTABLE_INTERESTING,
            desc = "the last one missed a state: x86 may not show this")
    @State
    public static class WithoutRelease {

        private static final VarHandle INCOMPLETE;

        static {
            try {
                INCOMPLETE = MethodHandles.lookup()
                        .findVarHandle(WithoutRelease.class, "incomplete", int.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private int incomplete = 2;
        private Account p;
        private Account q;
        private int total;

        @Actor
        public void p() {
            p = new Account(100);
            complete();
        }

        @Actor
        public void q() {
            q = new Account(100);
            complete();
        }

        private void complete() {
            int count = (int) INCOMPLETE.getOpaque(this);
            while (!INCOMPLETE.weakCompareAndSetPlain(this, count, count - 1)) {
                count = (int) INCOMPLETE.getOpaque(this);
            }
            if (count == 1) {
                total = (p == null ? 0 : p.balance) + (q == null ? 0 : q.balance);
            }
        }

        @Arbiter
        public void completed(I_Result result) {
            result.r1 = total;
        }
    }
}
