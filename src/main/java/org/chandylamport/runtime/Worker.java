package org.chandylamport.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread that runs processes, one at a time, each for one turn.
 *
 * <p>A worker keeps the processes that it schedules in a list of its own, and gives one away
 * between two steps when another worker has nothing to do. While it has been busy for less time
 * than a wake-up takes, it does so only if the last turn that it took the time of was long: what is
 * done in a moment is not worth waking another thread for. So a long step may hold the processes
 * behind it up until its end, if it comes after short ones and every other worker is parked.
 *
 * <table>
 * <caption>Shared fields</caption>
 * <tr><th>field</th><th>written by</th><th>read by</th><th>access</th><th>why</th></tr>
 * <tr><td>parked</td><td>the worker (to true, to false), whoever wakes it (to false)</td>
 *     <td>whoever shares a process</td><td>volatile, CAS to false</td>
 *     <td>handshake with {@link Workers}: woken once</td></tr>
 * <tr><td>all others</td><td>the worker</td><td>the worker</td><td>plain</td><td>confined</td>
 *     </tr>
 * </table>
 */
@SuppressWarnings("ThreadPriorityCheck") // It yields before it parks, and while it is held back.
final class Worker<S, M> implements Runnable {

    private static final int SPINS = 100;
    private static final int YIELDS = 20;
    private static final int TURNS_BETWEEN_LOOKS = 16;
    private static final long PATIENCE_NANOS = 10_000; // Waking a thread takes about as long.
    private static final VarHandle PARKED;

    static {
        try {
            PARKED = MethodHandles.lookup().findVarHandle(Worker.class, "parked", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Workers<S, M> workers;
    private final Thread thread;
    private final Fifo<LocalProcess<S, M>> runnable = new Fifo<>();
    private @Nullable LocalProcess<S, M> current;
    private int turns;
    private boolean slow = true;
    private long busySince;

    @SuppressWarnings("unused") // Accessed through PARKED too.
    private volatile boolean parked;

    Worker(Workers<S, M> workers, String name) {
        this.workers = workers;
        this.thread = new Thread(this, name);
        thread.setDaemon(true);
    }

    Thread thread() {
        return thread;
    }

    @Override
    public void run() {
        try {
            while (!workers.isStopped()) {
                if (!runNext()) {
                    await();
                }
            }
        } catch (Throwable t) {
            workers.fail(current, t);
        } finally {
            workers.exited();
        }
    }

    /** Runs the next process for one turn, and returns whether there was one. */
    boolean runNext() {
        if (runnable.isEmpty() || ++turns % TURNS_BETWEEN_LOOKS == 0) {
            workers.takeShared(runnable);
        }
        LocalProcess<S, M> process = runnable.poll();
        current = process;
        if (process == null) {
            return false;
        }
        if (process.isHeldBack()) {
            runnable.add(process);
            Thread.yield();
        } else if (run(process)) {
            runnable.add(process);
        }
        return true;
    }

    private boolean run(LocalProcess<S, M> process) {
        if (!shareIfAsked() && !slow) {
            return process.run(this);
        }
        long start = System.nanoTime();
        boolean more = process.run(this);
        slow = System.nanoTime() - start > PATIENCE_NANOS;
        return more;
    }

    /** Whether no other process waits to be run by this worker, or by any. */
    boolean hasNothingElse() {
        return runnable.isEmpty() && !workers.hasShared();
    }

    /** Lets a process run later; called by the process that this worker runs. */
    void schedule(LocalProcess<S, M> process) {
        runnable.add(process);
    }

    /**
     * Gives one process away if another worker has nothing to do, and waking it may pay: after a
     * turn that took long, or when this worker has been busy for a while.
     *
     * @return whether there was one that could be given away
     */
    boolean shareIfAsked() {
        boolean excess = !runnable.isEmpty() && workers.areAnyIdle();
        if (excess && (slow || System.nanoTime() - busySince > PATIENCE_NANOS)) {
            workers.share(runnable.poll());
        }
        return excess;
    }

    /**
     * Waits until a process is shared or the workers stop: parks, but the only one that has nothing
     * to do spins and yields before.
     */
    private void await() {
        int patience = workers.startSearching() ? SPINS + YIELDS : 0;
        for (int i = 0; i < patience && !workers.hasShared(); i++) {
            if (i < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
        workers.stopSearching();
        if (!workers.hasShared()) {
            sayParked();
            while (mustPark()) {
                LockSupport.park(workers);
                Thread.interrupted(); // An interrupt is no reason to spin.
            }
            parked = false;
        }
        workers.busy();
        busySince = System.nanoTime();
    }

    void sayParked() {
        parked = true;
        VarHandle.fullFence(); // Paired with the one in Workers.share.
    }

    /** Whether nobody has woken this worker since {@link #sayParked}, nor had a reason to. */
    boolean mustPark() {
        return parked && !workers.hasShared();
    }

    /** Wakes the worker if it is parked, and returns whether it was. */
    boolean wake() {
        boolean woken = parked && PARKED.compareAndSet(this, true, false);
        if (woken) {
            LockSupport.unpark(thread);
        }
        return woken;
    }
}
