package org.chandylamport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class DeliveryTest {

    private final List<Runnable> executed = new ArrayList<>();
    private final Delivery<Thread> delivery =
            new Delivery<>(Thread::currentThread, executed::add);

    /** Executes what was to be executed until now. */
    private void execute() {
        List<Runnable> tasks = List.copyOf(executed);
        executed.clear();
        tasks.forEach(Runnable::run);
    }

    /** Returns when a thread waits for the value. */
    private static void untilWaits(Thread thread, FutureTask<Thread> value) {
        while (!(LockSupport.getBlocker(thread) instanceof Delivery.Waiting)) {
            assertFalse(value.isDone(), "it does not wait");
            Thread.yield();
        }
    }

    /** Starts a thread that waits for the value, and returns it when it does. */
    private static Thread waits(FutureTask<Thread> value) {
        Thread thread = new Thread(value);
        thread.start();
        untilWaits(thread, value);
        return thread;
    }

    @Test
    void whoWaitsFirstPutsTogether() throws Exception {
        FutureTask<Thread> value = new FutureTask<>(delivery::join);
        Thread first = waits(value);
        delivery.ready();
        assertSame(first, value.get());
        assertEquals(List.of(), executed, "no second wake-up");
        assertSame(first, delivery.join(), "it is put together once");
    }

    @Test
    void anExecutorPutsTogetherWhereNobodyWaits() {
        CompletableFuture<Thread> future = delivery.future();
        delivery.ready();
        assertFalse(future.isDone());
        execute();
        assertFalse(future.isDone(), "what depends on it is another task");
        execute();
        assertSame(Thread.currentThread(), future.join());
        assertSame(Thread.currentThread(), delivery.future().join());
    }

    @Test
    void whoComesToWaitFirstPutsTogetherWhatTheExecutorHasNot() {
        delivery.ready();
        assertSame(Thread.currentThread(), delivery.join());
        execute();
        assertSame(Thread.currentThread(), delivery.join());
    }

    @Test
    void whatCompletesOneFutureCompletesNoOther() {
        CompletableFuture<Thread> other = delivery.future();
        assertTrue(delivery.future().complete(null));
        delivery.ready();
        execute();
        delivery.future().obtrudeValue(null);
        execute();
        assertSame(Thread.currentThread(), other.join());
        assertSame(Thread.currentThread(), delivery.join());
    }

    /** The executor may be busy with what waits for this. */
    @Test
    void whoWaitsLearnsOfAFailureWithoutTheExecutor() {
        Throwable cause = new IllegalStateException("closed");
        FutureTask<Thread> value = new FutureTask<>(delivery::join);
        waits(value);
        CompletableFuture<Thread> future = delivery.future();
        delivery.fail(cause);
        assertSame(cause, assertThrows(Exception.class, value::get).getCause().getCause());
        assertSame(cause, assertThrows(CompletionException.class, delivery::join).getCause());
        assertFalse(future.isDone(), "what depends on it is another task");
        execute();
        assertSame(cause, assertThrows(CompletionException.class, future::join).getCause());
    }

    @Test
    void anExecutorTellsOfAFailureWhereNobodyWaits() {
        Throwable cause = new IllegalStateException("closed");
        CompletableFuture<Thread> future = delivery.future();
        delivery.fail(cause);
        execute();
        execute();
        assertSame(cause, assertThrows(CompletionException.class, future::join).getCause());
    }

    @Test
    void whatCannotBePutTogetherFails() {
        Error broken = new AssertionError("broken");
        Delivery<Thread> other = new Delivery<>(() -> {
            throw broken;
        }, executed::add);
        other.ready();
        assertSame(broken, assertThrows(CompletionException.class, other::join).getCause());
    }

    @Test
    void anInterruptedThreadGoesOnWaitingAndRemembers() throws Exception {
        List<Boolean> interrupted = new ArrayList<>();
        FutureTask<Thread> value = new FutureTask<>(() -> {
            Thread result = delivery.join();
            interrupted.add(Thread.interrupted());
            return result;
        });
        Thread waiting = waits(value);
        waiting.interrupt();
        while (waiting.isInterrupted()) {
            Thread.yield();
        }
        untilWaits(waiting, value);
        delivery.ready();
        assertSame(waiting, value.get());
        assertEquals(List.of(true), interrupted);
    }

    /** Its pool may make no other thread in the place of the one that waits. */
    @Test
    void aThreadOfAPoolThatIsFullWaits() throws Exception {
        ForkJoinPool full = new ForkJoinPool(
                1, ForkJoinPool.defaultForkJoinWorkerThreadFactory, null, false,
                1, 1, 1, null, 1, TimeUnit.HOURS);
        try {
            Thread only = full.submit(Thread::currentThread).get();
            FutureTask<Thread> value = new FutureTask<>(delivery::join);
            full.execute(value);
            untilWaits(only, value);
            delivery.ready();
            assertSame(only, value.get());
        } finally {
            full.shutdownNow();
        }
    }

    @Test
    void whatAnExecutorRejectsIsRunAtOnce() {
        ExecutorService ended = Executors.newSingleThreadExecutor();
        ended.shutdown();
        Delivery.inlineIfRejected(ended).execute(() -> executed.add(() -> {}));
        assertEquals(1, executed.size());
    }
}
