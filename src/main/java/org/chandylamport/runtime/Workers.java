package org.chandylamport.runtime;

import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.Uninterruptibles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The fixed set of workers, and the processes that any of them may run next.
 *
 * <p>No wake-up is lost, because each side writes and then reads what the other side writes
 * (Dekker; all of it is volatile, or fenced):
 *
 * <ul>
 *   <li>Who shares a process pushes it, and then looks for a worker that searches, or for one that
 *       watches another that is busy, and if there is none for one that is parked. A worker says
 *       that it has stopped searching or watching, and then that it is parked, and then looks for
 *       a shared process, and for the end. Who stops the workers says so, and then wakes who is
 *       parked.
 *   <li>A worker says that it is busy, and later, when it lends, looks for one that watches, and
 *       if there is none for one that is parked; and so it does at once where another one lends,
 *       for it may have been the one that watched, or was woken to. A worker says that it has
 *       stopped watching, and then that it is parked, and then looks for one that is busy.
 * </ul>
 *
 * <table>
 * <caption>Shared fields</caption>
 * <tr><th>field</th><th>written by</th><th>read by</th><th>access</th><th>why</th></tr>
 * <tr><td>shared</td><td>any thread</td><td>workers</td><td>see {@link Inbox}</td>
 *     <td>hands processes over</td></tr>
 * <tr><td>idle</td><td>workers</td><td>workers</td><td>volatile</td><td>handshake: how many have
 *     nothing to do; the others are busy</td></tr>
 * <tr><td>searching</td><td>workers</td><td>any thread</td><td>volatile</td><td>handshake: how many
 *     of the idle are awake, and look for a shared process before they park</td></tr>
 * <tr><td>watched</td><td>workers</td><td>any thread</td><td>volatile, CAS to true</td>
 *     <td>handshake: whether one of the idle wakes from time to time, and looks</td></tr>
 * <tr><td>stopped</td><td>any thread</td><td>any thread</td><td>volatile</td><td>the end</td></tr>
 * </table>
 *
 * <p>Progress: {@link #share} and {@link #takeShared} are lock-free.
 */
final class Workers<S, M> {

    private final ImmutableList<Worker<S, M>> workers;
    private final Inbox<LocalProcess<S, M>> shared = new Inbox<>();
    private final AtomicInteger idle = new AtomicInteger();
    private final AtomicInteger searching = new AtomicInteger();
    private final AtomicBoolean watched = new AtomicBoolean();
    private final AtomicInteger running;
    private final BiConsumer<@Nullable LocalProcess<S, M>, Throwable> failed;
    private final Runnable allExited;
    private volatile boolean stopped;

    /**
     * @param failed called by a worker whose process threw, or that failed without one
     * @param allExited called once, by the last worker
     */
    Workers(
            int count,
            BiConsumer<@Nullable LocalProcess<S, M>, Throwable> failed,
            Runnable allExited) {
        this.running = new AtomicInteger(count);
        this.failed = failed;
        this.allExited = allExited;
        this.workers = IntStream.range(0, count)
                .mapToObj(i -> new Worker<>(this, "chandy-lamport-worker-" + i))
                .collect(ImmutableList.toImmutableList());
    }

    /** One of the workers, from 0. */
    Worker<S, M> worker(int index) {
        return workers.get(index);
    }

    int count() {
        return workers.size();
    }

    /** Starts the threads, which begin with the processes that are shared. */
    void start() {
        workers.forEach(worker -> worker.thread().start());
    }

    /**
     * Lets any worker run the process, and wakes one if none will look for it soon: one that
     * searches does, and one that is busy, after its turn, unless who watches is earlier.
     */
    void share(@Nullable LocalProcess<S, M> process) {
        if (process != null) {
            shared.push(process);
            // Paired with those in stopSearching, stopWatching and Worker.sayParked.
            VarHandle.fullFence();
            if (searching.get() == 0 && !(watched.get() && areSomeBusy())) {
                wakeOne();
            }
        }
    }

    private void wakeOne() {
        for (int i = 0; i < workers.size(); i++) { // An iterator would be allocated.
            if (workers.get(i).wake()) {
                return;
            }
        }
    }

    void takeShared(RunQueue<LocalProcess<S, M>> runnable) {
        runnable.addAll(shared);
    }

    /** Whether an idle worker has a reason to go on: a shared process, or the end. */
    boolean hasShared() {
        return !shared.isEmpty() || stopped;
    }

    /**
     * A worker has nothing to do, and will look for a shared process.
     *
     * @return whether it is the only one that searches: for others it does not pay to go on
     */
    boolean startSearching() {
        idle.incrementAndGet();
        return searching.incrementAndGet() == 1;
    }

    /** A worker will be found only if it says that it is parked. */
    void stopSearching() {
        searching.decrementAndGet(); // A full fence, paired with the one in share.
    }

    /** A worker has something to do again, and leaves it to another one to watch what is lent. */
    void busy() {
        idle.decrementAndGet();
        for (int i = 0; i < workers.size(); i++) {
            if (workers.get(i).runnable().lastLent() != null) {
                wakeToWatch();
                return;
            }
        }
    }

    /** Whether a worker that is idle has another one to watch. */
    boolean areSomeBusy() {
        return idle.get() < workers.size();
    }

    /** Whether some worker is busy, and nobody watches. */
    boolean lackWatcher() {
        return !watched.get() && areSomeBusy();
    }

    /** Makes the caller, which is idle, the one that watches, if there is reason to. */
    boolean startWatching() {
        return lackWatcher() && watched.compareAndSet(false, true);
    }

    /** The caller watches no more: another one will be woken when there is reason to. */
    void stopWatching() {
        watched.set(false);
    }

    /** Sees to it that somebody watches, if anybody is idle; called by a busy worker. */
    void wakeToWatch() {
        if (!watched.get() && idle.get() > 0) {
            wakeOne();
        }
    }

    boolean isStopped() {
        return stopped;
    }

    /** Makes every worker stop after the turn that it is in. */
    void stop() {
        stopped = true;
        VarHandle.fullFence(); // Paired with the one in Worker.sayParked.
        workers.forEach(Worker::wake);
    }

    void fail(@Nullable LocalProcess<S, M> process, Throwable cause) {
        failed.accept(process, cause);
    }

    void exited() {
        if (running.decrementAndGet() == 0) {
            allExited.run();
        }
    }

    /** Whether the calling thread is a worker. */
    boolean isCurrentThread() {
        return workers.stream().anyMatch(worker -> worker.thread() == Thread.currentThread());
    }

    /** Waits until all threads have ended. */
    void join() {
        workers.forEach(worker -> Uninterruptibles.joinUninterruptibly(worker.thread()));
    }
}
