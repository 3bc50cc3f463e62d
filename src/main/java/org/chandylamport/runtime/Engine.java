package org.chandylamport.runtime;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.jspecify.annotations.Nullable;

/**
 * Runs the processes of a network on threads: driver 2 of the core. {@code Network} is its facade.
 *
 * <p>Progress: {@link #open}, {@link #initiate}, {@link #abandon} and {@link #execute} are
 * lock-free; {@link #close} blocks.
 */
public final class Engine<S, M> implements AutoCloseable {

    private final ImmutableSortedMap<ProcessId, LocalProcess<S, M>> processes;
    private final Collector<S, M> collector;
    private final Workers<S, M> workers;
    private final Executor executor;
    private final @Nullable Observation<S, M> observation;

    /**
     * Makes an engine and starts its threads.
     *
     * @param behaviors the behavior of each process
     * @param initial a state for each process, and what each channel holds at the start
     * @param first the number of the first snapshot
     * @param workerCount how many threads run processes
     * @param executor completes futures; what it rejects is completed by whoever asks
     * @param observer is given all events, by one thread, each process's in order and a message's
     *     receipt never before it was handed to the log of its sender; null where nobody wants them
     * @throws IllegalArgumentException if the initial state does not fit the topology
     */
    public Engine(
            Topology topology,
            Function<ProcessId, Behavior<S, M>> behaviors,
            GlobalState<S, M> initial,
            SnapshotId first,
            int workerCount,
            Executor executor,
            @Nullable Consumer<? super Event<S, M>> observer) {
        checkArgument(workerCount > 0, "at least 1 worker is needed, not %s", workerCount);
        requireFit(topology, initial);
        this.executor = inlineIfRejected(executor);
        this.workers = new Workers<>(workerCount, this::fail, this::refuseRequests);
        this.observation = observer == null ? null : new Observation<>(observer, this::fail);
        this.collector = new Collector<>(
                topology.processes().asList(), first, this.executor, this::isOwnThread);
        this.processes = connect(topology, behaviors, initial);
        if (observation != null) {
            observation.start();
        }
        workers.start(processes.values());
    }

    /** No future stays open because an executor has been shut down. */
    private static Executor inlineIfRejected(Executor executor) {
        return task -> {
            try {
                executor.execute(task);
            } catch (RejectedExecutionException e) {
                task.run();
            }
        };
    }

    private static void requireFit(Topology topology, GlobalState<?, ?> initial) {
        checkArgument(initial.processes().keySet().equals(topology.processes()),
                "the initial state is of processes %s, the topology has %s",
                initial.processes().keySet(), topology.processes());
        initial.channels().keySet().forEach(c -> checkArgument(
                c.equals(topology.channel(c.name())),
                "the initial state has channel %s, the topology has not", c));
    }

    private ImmutableSortedMap<ProcessId, LocalProcess<S, M>> connect(
            Topology topology,
            Function<ProcessId, Behavior<S, M>> behaviors,
            GlobalState<S, M> initial) {
        ImmutableSortedMap.Builder<ProcessId, LocalProcess<S, M>> builder =
                ImmutableSortedMap.naturalOrder();
        int index = 0;
        for (ProcessId p : topology.processes()) {
            EventLog<S, M> log = observation == null ? null : observation.newLog();
            builder.put(p, new LocalProcess<>(p, index++, collector, log));
        }
        ImmutableSortedMap<ProcessId, LocalProcess<S, M>> all = builder.buildOrThrow();
        ImmutableSortedMap.Builder<Channel, ChannelQueue<S, M>> queues =
                ImmutableSortedMap.naturalOrder();
        topology.channels().forEach(c -> queues.put(c, new ChannelQueue<>(
                c, requireNonNull(all.get(c.from())), requireNonNull(all.get(c.to())))));
        ImmutableSortedMap<Channel, ChannelQueue<S, M>> channels = queues.buildOrThrow();
        all.forEach((p, process) -> {
            ImmutableList<ChannelQueue<S, M>> outgoing = topology.outgoing(p).stream()
                    .map(c -> requireNonNull(channels.get(c)))
                    .collect(ImmutableList.toImmutableList());
            process.connect(requireNonNull(initial.processes().get(p)),
                    requireNonNull(behaviors.apply(p), () -> "process " + p + " has no behavior"),
                    topology.incoming(p), outgoing);
            process.core().incoming().forEach(end -> requireNonNull(channels.get(end.channel()))
                    .connect(end, initial.channels()
                            .getOrDefault(end.channel(), ImmutableList.of())));
        });
        return all;
    }

    /** Opens a snapshot that nobody has initiated yet. */
    public PendingSnapshot<S, M> open() {
        return collector.open();
    }

    /** Makes p an initiator of an open snapshot; without effect if p has recorded, or it ended. */
    public void initiate(SnapshotId id, ProcessId p) {
        if (collector.isOpen(id)) {
            request(p, process -> process.initiate(id), reason -> {});
        }
    }

    /**
     * Gives a snapshot up: it fails with this reason, and every process forgets it.
     *
     * @return whether it was open
     */
    public boolean abandon(SnapshotId id, Throwable reason) {
        boolean wasOpen = collector.fail(id, reason);
        if (wasOpen) {
            processes.keySet().forEach(
                    p -> request(p, process -> process.core().abandon(id), ignored -> {}));
        }
        return wasOpen;
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
            }
        }, refusal);
        return future;
    }

    private void request(
            ProcessId p, Consumer<LocalProcess<S, M>> action, Consumer<Throwable> refusal) {
        LocalProcess<S, M> process = processes.get(p);
        checkArgument(process != null, "there is no process %s", p);
        Request<S, M> request = new Request<>(action, refusal);
        if (requireNonNull(process).inbox().push(request)) {
            workers.share(process);
        }
        VarHandle.fullFence(); // Paired with the one in end: refused there, or here.
        Throwable reason = collector.reasonOfEnd();
        if (reason != null) {
            request.refuse(reason);
        }
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
     * Stops every thread, and fails what is open. Observes every event first. Does nothing the
     * second time.
     *
     * @throws IllegalStateException if a behavior or the observer calls this, which would wait for
     *     itself
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
        end(new IllegalStateException(where + " failed: " + cause, cause));
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
