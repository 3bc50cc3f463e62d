package org.chandylamport.runtime;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableSortedMap;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.Event;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.protocol.BrokenChannelException;
import org.jspecify.annotations.Nullable;

/**
 * Runs the processes of a network on threads: driver 2 of the core. {@code Network} is its facade.
 *
 * <p>Progress: {@link #open}, {@link #initiate}, {@link #abandon} and {@link #execute} are
 * lock-free, apart from the executor; {@link #close} blocks.
 */
public final class Engine<S, M> implements AutoCloseable {

    private final ImmutableSortedMap<ProcessId, LocalProcess<S, M>> processes;
    private final Collector<S, M> collector;
    private final Workers<S, M> workers;
    private final Executor executor;
    private final @Nullable Observation<S, M> observation;

    /**
     * Makes an engine, whose threads do not run yet.
     *
     * @param first the number of the first snapshot
     * @param workerCount how many threads run processes, at least 1
     * @param executor completes futures; what it rejects is completed by whoever asks
     * @param observer is given all events, by one thread, each process's in order and a message's
     *     receipt never before it was handed to the log of its sender; null where nobody wants them
     */
    public Engine(
            Wiring<S, M> wiring,
            SnapshotId first,
            int workerCount,
            Executor executor,
            @Nullable Consumer<? super Event<S, M>> observer) {
        this.executor = Delivery.inlineIfRejected(executor);
        this.workers = new Workers<>(workerCount, this::fail, this::refuseRequests);
        this.observation = observer == null ? null : new Observation<>(observer, this::fail);
        this.collector = new Collector<>(
                wiring.topology(), first, this.executor, this::isOwnThread);
        this.processes = make(wiring.topology().processes());
        wiring.connect(processes);
        processes.values().forEach(workers::share);
    }

    /** Starts the threads; once. */
    public Engine<S, M> start() {
        if (observation != null) {
            observation.start();
        }
        workers.start();
        return this;
    }

    /** What runs the processes. */
    Workers<S, M> workers() {
        return workers;
    }

    private ImmutableSortedMap<ProcessId, LocalProcess<S, M>> make(Iterable<ProcessId> ids) {
        ImmutableSortedMap.Builder<ProcessId, LocalProcess<S, M>> made =
                ImmutableSortedMap.naturalOrder();
        int index = 0;
        for (ProcessId p : ids) {
            EventLog<S, M> log = observation == null ? null : observation.newLog();
            made.put(p, new LocalProcess<>(p, index++, collector, log));
        }
        return made.buildOrThrow();
    }

    /** Opens a snapshot that nobody has initiated yet. */
    public PendingSnapshot<S, M> open() {
        return collector.open();
    }

    /** Makes p an initiator of an open snapshot; without effect if p has recorded, or it ended. */
    public void initiate(SnapshotId id, ProcessId p) {
        if (collector.asked(id, p)) {
            request(p, process -> process.initiate(id), reason -> {});
        }
    }

    /**
     * Gives a snapshot up: it fails with this reason, and every process forgets it.
     *
     * @return whether it was open
     */
    public boolean abandon(SnapshotId id, Throwable reason) {
        return abandon(id, awaiting -> reason);
    }

    private boolean abandon(
            SnapshotId id, Function<? super Awaiting, ? extends Throwable> reason) {
        PendingSnapshot<S, M> pending = collector.close(id);
        if (pending != null) {
            Awaiting last = pending.awaiting();
            processes.keySet().forEach(
                    p -> request(p, process -> process.core().abandon(id), ignored -> {}));
            pending.fail(last, reason.apply(last)); // Whoever learns of it asks after all that.
        }
        return pending != null;
    }

    /**
     * Gives a snapshot up if it is open this long after now. The reason is a {@link
     * TimeoutException} that says what it waited for, and for how long.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // It is what the timeout does.
    public void expire(PendingSnapshot<S, M> pending, Duration timeout) {
        pending.future()
                .orTimeout(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS)
                .whenComplete((snapshot, thrown) -> {
                    if (thrown instanceof TimeoutException) {
                        abandon(pending.id(), last -> pending.overdue(timeout, last));
                    }
                });
    }

    /** Lets p take an internal step; the future is its state after it, or what the step threw. */
    public CompletableFuture<S> execute(ProcessId p, Behavior.Step<S, M> step) {
        CompletableFuture<S> future = new CompletableFuture<>();
        Consumer<Throwable> refusal =
                reason -> executor.execute(() -> future.completeExceptionally(reason));
        request(p, process -> {
            try {
                S after = process.internal(step);
                executor.execute(() -> future.complete(after));
            } catch (Throwable t) { // Whatever it is, the future must not stay open.
                refusal.accept(t);
                Throwables.throwIfInstanceOf(t, Error.class);
                Throwables.throwIfInstanceOf(t, BrokenChannelException.class); // After the step.
            }
        }, refusal);
        return future;
    }

    private void request(
            ProcessId p, Consumer<LocalProcess<S, M>> action, Consumer<Throwable> refusal) {
        request(p, new Request<>(action, refusal));
    }

    private void request(ProcessId p, Request<S, M> request) {
        LocalProcess<S, M> process = requireNonNull(processes.get(p));
        if (process.inbox().push(request)) {
            workers.share(process);
        }
        VarHandle.fullFence(); // Paired with that of refuseRequests: there, or here.
        Throwable reason = collector.reasonOfEnd();
        if (reason != null) {
            request.refuse(reason);
        }
    }

    /** Stops running p after the turn that it is in; the future is what makes it run again. */
    public CompletableFuture<Runnable> suspend(ProcessId p) {
        CompletableFuture<Runnable> suspended = new CompletableFuture<>();
        request(p, new Request<>(process -> {
            AtomicBoolean resumed = new AtomicBoolean();
            Runnable resume = () -> {
                if (resumed.compareAndSet(false, true)) {
                    workers.share(process);
                }
            };
            process.suspend(() -> executor.execute(() -> {
                if (!suspended.complete(resume)) {
                    resume.run();
                }
            }));
        }, reason -> executor.execute(() -> suspended.completeExceptionally(reason)), true));
        return suspended;
    }

    /** How many messages have been received, in all, markers not counted: a moment ago. */
    public long received() {
        return processes.values().stream().mapToLong(LocalProcess::received).sum();
    }

    /** Why the network has stopped, or null while it runs. */
    public @Nullable Throwable reasonOfEnd() {
        return collector.reasonOfEnd();
    }

    /**
     * Stops every thread, and fails what is open. Observes every event first. Does nothing more
     * the second time.
     *
     * @throws IllegalStateException if a behavior or the observer calls this, which would wait for
     *     itself, or if the observer failed
     */
    @Override
    public void close() {
        if (isOwnThread()) {
            throw new IllegalStateException(
                    "a behavior must not close its network, nor an observer");
        }
        end(new IllegalStateException("the network is closed"));
        workers.join();
        if (observation != null) {
            observation.close();
        }
    }

    private boolean isOwnThread() {
        return workers.isCurrentThread()
                || (observation != null && observation.isCurrentThread());
    }

    private void fail(@Nullable LocalProcess<S, M> process, Throwable cause) {
        String where = process == null ? "a worker" : "process " + process;
        end(cause instanceof BrokenChannelException ? cause
                : new IllegalStateException(where + " failed: " + cause, cause));
    }

    private void fail(Throwable cause) {
        end(new IllegalStateException("the observer failed: " + cause, cause));
    }

    private void end(Throwable reason) {
        try {
            collector.end(reason);
        } finally {
            workers.stop();
        }
    }

    private void refuseRequests() {
        VarHandle.fullFence(); // Paired with the one in request.
        Throwable reason = requireNonNull(collector.reasonOfEnd());
        processes.values().forEach(process -> process.refuseRequests(reason));
        if (observation != null) {
            observation.stop();
        }
    }
}
