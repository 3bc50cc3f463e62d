package org.chandylamport.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is ready to be put together from some moment on, and is put together by a thread
 * that waits for it, if there is one then, and else by an executor: one wake-up instead of two. Who
 * waits parks at once: to spin keeps a processor from a worker that may need it.
 *
 * <table>
 * <caption>Shared fields</caption>
 * <tr><th>field</th><th>written by</th><th>read by</th><th>access</th><th>why</th></tr>
 * <tr><td>stage</td><td>the first who waits, who is ready, who puts together</td>
 *     <td>any thread</td><td>CAS, swap</td><td>null, then who waits first if anybody does, then
 *     READY, then TAKEN: decides who puts together</td></tr>
 * <tr><td>failure</td><td>who fails, before stage</td><td>who puts together</td><td>plain</td>
 *     <td>ordered by stage</td></tr>
 * <tr><td>value</td><td>who puts together</td><td>any thread</td><td>see
 *     {@link CompletableFuture}</td><td>given to nobody: what depends on a copy is run by the
 *     executor</td></tr>
 * </table>
 *
 * <p>Progress: {@link #ready} and {@link #fail} are lock-free if the executor is; {@link #join}
 * blocks, and does not wait for the executor.
 *
 * <p>Memory consistency effects: what happened before {@link #ready} happens-before the value is
 * put together, and that happens-before {@link #join} returns; what happened before {@link #fail}
 * happens-before {@link #join} throws.
 */
final class Delivery<T> {

    private static final Object READY = "ready";
    private static final Object TAKEN = "taken";

    private final Supplier<T> putTogether;
    private final Executor executor;
    private final AtomicReference<@Nullable Object> stage = new AtomicReference<>();
    private final CompletableFuture<T> value = new CompletableFuture<>();
    private @Nullable Throwable failure;

    Delivery(Supplier<T> putTogether, Executor executor) {
        this.putTogether = putTogether;
        this.executor = executor;
    }

    /** No future stays open because an executor has been shut down. */
    static Executor inlineIfRejected(Executor executor) {
        return task -> {
            try {
                executor.execute(task);
            } catch (RejectedExecutionException e) {
                task.run();
            }
        };
    }

    /** The value may be put together; called once, unless {@link #fail} is. */
    void ready() {
        Object before = stage.getAndSet(READY);
        if (before instanceof Waiting first) {
            first.wake();
        } else {
            executor.execute(this::take);
        }
    }

    /** There will be no value, for this reason; called once, unless {@link #ready} is. */
    void fail(Throwable cause) {
        failure = cause;
        ready();
    }

    /** The value, in a future that the executor completes unless it is complete already. */
    @SuppressWarnings("FutureReturnValueIgnored") // What it would say, the given future says.
    CompletableFuture<T> future() {
        if (value.isDone()) {
            return value.copy();
        }
        CompletableFuture<T> given = new CompletableFuture<>();
        value.whenComplete((result, thrown) -> executor.execute(() -> {
            if (thrown == null) {
                given.complete(result);
            } else {
                given.completeExceptionally(thrown);
            }
        }));
        return given;
    }

    /**
     * Waits for the value.
     *
     * @throws CompletionException if it failed
     */
    T join() {
        Waiting first = new Waiting(stage);
        if (stage.compareAndSet(null, first)) {
            first.await();
        }
        take();
        return value.join();
    }

    /** The first thread that waits; a pool that it belongs to may make another in its place. */
    static final class Waiting implements ForkJoinPool.ManagedBlocker {

        private final AtomicReference<@Nullable Object> stage;
        private final Thread thread = Thread.currentThread();
        private boolean interrupted;

        Waiting(AtomicReference<@Nullable Object> stage) {
            this.stage = stage;
        }

        void await() {
            boolean done = isReleasable();
            while (!done) {
                try {
                    ForkJoinPool.managedBlock(this);
                    done = true;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (RejectedExecutionException e) { // The pool has no more threads.
                    done = block();
                }
            }
            if (interrupted) {
                thread.interrupt();
            }
        }

        @Override
        public boolean block() {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
            return isReleasable();
        }

        @Override
        public boolean isReleasable() {
            return stage.get() != this;
        }

        void wake() {
            LockSupport.unpark(thread);
        }
    }

    /** Puts the value together, or says why there is none, if nobody else has or does. */
    private void take() {
        if (!stage.compareAndSet(READY, TAKEN)) {
            return;
        }
        if (failure != null) {
            value.completeExceptionally(failure);
            return;
        }
        try {
            value.complete(putTogether.get());
        } catch (Throwable t) { // Whatever it is, nobody must wait for ever.
            value.completeExceptionally(t);
        }
    }
}
