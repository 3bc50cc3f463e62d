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
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A snapshot that is opened while the network stops fails: none is left open. */
@JCStressTest
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "both have failed")
@Outcome(expect = FORBIDDEN, desc = "a snapshot is left open")
@State
public class NothingIsLeftOpen {

    private final Islands islands = new Islands();
    private PendingSnapshot<Integer, Integer> opened;

    @Actor
    public void opener() {
        opened = islands.collector.open();
    }

    @Actor
    public void closer() {
        islands.collector.end(Islands.REASON);
    }

    @Arbiter
    public void failed(ZZ_Result result) {
        islands.end();
        result.r1 = islands.pending.future().isCompletedExceptionally();
        result.r2 = opened.future().isCompletedExceptionally();
    }

    /** The same handshake, with release and acquire in place of the full fences. */
    @JCStressTest
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "each saw the other")
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "the opener saw the end")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "the closer saw the snapshot")
    @Outcome(id = "false, false", expect = ACCEPTABLE_INTERESTING,
            desc = "the snapshot is left open: x86 shows this")
    @State
    public static class WithoutFence {

        private static final VarHandle OPEN;
        private static final VarHandle END;

        static {
            try {
                MethodHandles.Lookup lookup = MethodHandles.lookup();
                OPEN = lookup.findVarHandle(WithoutFence.class, "open", boolean.class);
                END = lookup.findVarHandle(WithoutFence.class, "end", boolean.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private boolean open;
        private boolean end;

        @Actor
        public void opener(ZZ_Result result) {
            OPEN.setRelease(this, true);
            result.r1 = (boolean) END.getAcquire(this);
        }

        @Actor
        public void closer(ZZ_Result result) {
            END.setRelease(this, true);
            result.r2 = (boolean) OPEN.getAcquire(this);
        }
    }
}
