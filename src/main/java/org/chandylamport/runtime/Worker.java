package org.chandylamport.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread that runs processes, one at a time, each for one turn.
 *
 * <p>What a worker makes runnable it runs itself: most steps are shorter than it takes to hand a
 * process over. But no process waits behind a long step: before each step the worker lends what
 * else it has to run, and while it is busy one of those that are idle {@linkplain #watch watches},
 * and steals what does not get its turn. (A message that is sent in the moment in which its
 * receiver goes idle, at another worker, makes it runnable at the end of its sender's turn only.)
 *
 * <table>
 * <caption>Shared fields</caption>
 * <tr><th>field</th><th>written by</th><th>read by</th><th>access</th><th>why</th></tr>
 * <tr><td>runnable</td><td>the worker, who steals</td><td>who steals</td>
 *     <td>see {@link RunQueue}</td><td>hands processes over</td></tr>
 * <tr><td>parked</td><td>the worker (to true, to false), whoever wakes it (to false)</td>
 *     <td>whoever shares or lends</td><td>volatile, CAS to false</td>
 *     <td>handshake with {@link Workers}: woken once</td></tr>
 * <tr><td>all others</td><td>the worker</td><td>the worker</td><td>plain</td><td>confined</td>
 *     </tr>
 * </table>
 */
@SuppressWarnings("ThreadPriorityCheck") // It yields before it parks, and while it is held back.
final class Worker<S, M> implements Runnable {

    private static final int SPINS = 20;
    private static final int YIELDS = 60;
    private static final long SHORTEST_PAUSE_NANOS = 50_000;
    private static final long LONGEST_PAUSE_NANOS = 1_000_000;
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
    private final RunQueue<LocalProcess<S, M>> runnable = new RunQueue<>();
    private @Nullable LocalProcess<S, M> current;
    private @Nullable Watch<S, M> watch;

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

    RunQueue<LocalProcess<S, M>> runnable() {
        return runnable;
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
        workers.takeShared(runnable);
        LocalProcess<S, M> process = runnable.poll();
        current = process;
        if (process == null) {
            return false;
        }
        if (process.isHeldBack()) {
            runnable.add(process);
            Thread.yield();
        } else if (process.run(this)) {
            runnable.add(process);
        }
        return true;
    }

    /** Lets a process run later; called by the process that this worker runs. */
    void schedule(LocalProcess<S, M> process) {
        runnable.add(process);
    }

    /** Lends all that waits, and sees to it that somebody watches; before what may take long. */
    void lend() {
        if (runnable.lend()) {
            workers.wakeToWatch();
        }
    }

    /** Waits until there is something to run, or the workers stop. */
    private void await() {
        search();
        while (runnable.isEmpty() && !workers.hasShared()) {
            if (workers.startWatching()) {
                watch();
                workers.stopWatching();
            } else {
                sayParked();
                while (mustPark()) {
                    LockSupport.park(workers);
                    Thread.interrupted(); // An interrupt is no reason to spin.
                }
                parked = false;
            }
        }
        workers.busy();
    }

    /** The only one that has nothing to do spins and yields before it parks. */
    private void search() {
        int patience = workers.startSearching() ? SPINS + YIELDS : 0;
        for (int i = 0; i < patience && !workers.hasShared(); i++) {
            if (i < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
        workers.stopSearching();
    }

    /** Looks from time to time whether others run what they lend; ends when it has a reason. */
    private void watch() {
        if (watch == null) {
            watch = new Watch<>(workers, this);
        }
        long pause = SHORTEST_PAUSE_NANOS;
        while (workers.areSomeBusy() && !workers.hasShared() && !watch.steal()) {
            sayParked();
            if (mustPark()) {
                LockSupport.parkNanos(workers, pause);
                Thread.interrupted();
            }
            parked = false;
            pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
        }
    }

    void sayParked() {
        parked = true;
        VarHandle.fullFence(); // Paired with those in Workers.share and Workers.stop.
    }

    /** Whether nobody has woken this worker since {@link #sayParked}, nor had a reason to. */
    boolean mustPark() {
        return parked && !workers.hasShared() && !workers.lackWatcher();
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
