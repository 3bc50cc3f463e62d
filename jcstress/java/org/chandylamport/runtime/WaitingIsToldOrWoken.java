package org.chandylamport.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A thread that waits for a snapshot either sees that it is ready, or is woken for it. */
@JCStressTest
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "it saw that it is ready")
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "it parks, and is woken")
@Outcome(id = "false, false", expect = ACCEPTABLE, desc = "it was ready before it gave up spinning")
@Outcome(id = "true, false", expect = FORBIDDEN, desc = "it parks, and nobody wakes it")
@State
public class WaitingIsToldOrWoken {

    private final AtomicReference<Object> stage = new AtomicReference<>();
    private final Delivery.Waiting first = new Delivery.Waiting(stage);

    /** The thread has said that it waits. */
    public WaitingIsToldOrWoken() {
        stage.set(first);
    }

    @Actor
    public void waiting(ZZ_Result result) {
        first.sayParked();
        result.r1 = !first.isReleasable();
    }

    @Actor
    public void lastProcess(ZZ_Result result) {
        stage.getAndSet("ready");
        result.r2 = first.wake();
    }

    /** The same handshake, but the thread says with a release only that it parks. */
    @JCStressTest
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "it saw that it is ready")
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "it parks, and is woken")
    @Outcome(id = "false, false", expect = ACCEPTABLE, desc = "it was ready before")
    @Outcome(id = "true, false", expect = ACCEPTABLE_INTERESTING,
            desc = "it parks, and nobody wakes it: x86 shows this")
    @State
    public static class WithRelease {

        private static final VarHandle PARKED;

        static {
            try {
                PARKED = MethodHandles.lookup()
                        .findVarHandle(WithRelease.class, "parked", boolean.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private final AtomicReference<Object> stage = new AtomicReference<>();
        private boolean parked;

        @Actor
        public void waiting(ZZ_Result result) {
            PARKED.setRelease(this, true);
            result.r1 = stage.getAcquire() == null;
        }

        @Actor
        public void lastProcess(ZZ_Result result) {
            stage.getAndSet("ready");
            result.r2 = (boolean) PARKED.getAcquire(this);
        }
    }
}
