package org.chandylamport.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, or another signal that asks the program to end: it is told, and may still say what it has
 * found, for a while.
 */
final class Interrupt implements AutoCloseable {

    private static final long SECONDS_TO_FINISH = 20;

    private final Thread hook = new Thread(this::awaitFinish, "chandy-lamport-interrupt");
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean isAsked;
    private volatile int status = Main.REFUTED;

    /** Notices the signal from now on. */
    Interrupt() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether the program was asked to end. */
    boolean isAsked() {
        return isAsked;
    }

    /** Everything is said: the program may end with this status, if it was asked to. */
    void finish(int exitStatus) {
        status = exitStatus;
        finished.countDown();
    }

    private void awaitFinish() {
        isAsked = true;
        try {
            if (finished.await(SECONDS_TO_FINISH, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(status); // Its own status is that of the signal.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Leaves signals alone again. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            finished.countDown(); // The program is ending.
        }
    }
}
