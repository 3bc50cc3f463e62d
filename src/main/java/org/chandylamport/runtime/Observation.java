package org.chandylamport.runtime;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.chandylamport.model.Event;
import org.jspecify.annotations.Nullable;

/**
 * The thread that hands the events of all processes to an observer. After each of them that
 * receives a message, the log of its sender already held the event that sent it.
 *
 * <table>
 * <caption>Shared fields</caption>
 * <tr><th>field</th><th>written by</th><th>read by</th><th>access</th><th>why</th></tr>
 * <tr><td>closing</td><td>whoever closes</td><td>the thread</td><td>volatile</td>
 *     <td>read before a last look: what was logged before closing is observed</td></tr>
 * <tr><td>failure</td><td>the thread</td><td>whoever closes</td><td>plain</td>
 *     <td>the end of the thread is waited for</td></tr>
 * </table>
 */
final class Observation<S, M> implements Runnable {

    private static final long SHORTEST_PAUSE_NANOS = 50_000;
    private static final long LONGEST_PAUSE_NANOS = 1_000_000;

    private final Consumer<? super Event<S, M>> observer;
    private final Consumer<Throwable> failed;
    private final List<EventLog<S, M>> logs = new ArrayList<>();
    private final Thread thread = new Thread(this, "chandy-lamport-observer");
    private volatile boolean closing;
    private @Nullable Throwable failure;

    Observation(Consumer<? super Event<S, M>> observer, Consumer<Throwable> failed) {
        this.observer = observer;
        this.failed = failed;
        thread.setDaemon(true);
    }

    /** A log that will be observed; before the thread starts. */
    EventLog<S, M> newLog() {
        EventLog<S, M> log = new EventLog<>();
        logs.add(log);
        return log;
    }

    void start() {
        thread.start();
    }

    @Override
    public void run() {
        try {
            boolean last;
            long pause = SHORTEST_PAUSE_NANOS;
            do {
                last = closing;
                int count = 0;
                for (EventLog<S, M> log : logs) {
                    count += log.drainTo(observer::accept);
                }
                last &= count == 0;
                if (count > 0) {
                    pause = SHORTEST_PAUSE_NANOS;
                } else if (!last) {
                    LockSupport.parkNanos(this, pause);
                    pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
                }
            } while (!last);
        } catch (Throwable t) {
            failure = t;
            failed.accept(t);
        }
    }

    /** Lets the thread end when it has observed what has been logged. */
    void stop() {
        closing = true;
        LockSupport.unpark(thread);
    }

    boolean isCurrentThread() {
        return thread == Thread.currentThread();
    }

    /**
     * Stops the thread, and waits for its end.
     *
     * @throws IllegalStateException if the observer failed, and so has not seen every event
     */
    void close() {
        stop();
        Uninterruptibles.joinUninterruptibly(thread);
        if (failure != null) {
            throw new IllegalStateException("the observer failed: " + failure, failure);
        }
    }
}
