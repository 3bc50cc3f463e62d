package org.chandylamport;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.chandylamport.runtime.Engine;
import org.chandylamport.runtime.NumberedQueue;
import org.chandylamport.runtime.Wiring;
import org.jspecify.annotations.Nullable;

/** A {@link Network} that is not started yet. Not thread-safe. */
public final class Configuration<S, M> {

    private final Topology topology;
    private final Function<ProcessId, Behavior<S, M>> behaviors;
    private final GlobalState<S, M> initial;
    private int workers = Runtime.getRuntime().availableProcessors();
    private SnapshotId first = new SnapshotId(1);
    private Executor executor = ForkJoinPool.commonPool();
    private @Nullable Consumer<? super Event<S, M>> observer;
    private BiFunction<Channel, Queue<Object>, Queue<Object>> around = (c, queue) -> queue;

    Configuration(
            Topology topology,
            Function<ProcessId, Behavior<S, M>> behaviors,
            GlobalState<S, M> initial) {
        this.topology = topology;
        this.behaviors = behaviors;
        this.initial = initial;
    }

    /** How many threads run processes; by default as many as there are processors. */
    @CanIgnoreReturnValue
    public Configuration<S, M> workers(int count) {
        checkArgument(count > 0, "a network needs at least 1 worker, not %s", count);
        workers = count;
        return this;
    }

    /** The number of the first snapshot, 1 by default: one more than the last, at a restore. */
    @CanIgnoreReturnValue
    public Configuration<S, M> firstSnapshot(SnapshotId id) {
        first = id;
        return this;
    }

    /** What completes futures; by default the common pool. */
    @CanIgnoreReturnValue
    public Configuration<S, M> executor(Executor completer) {
        executor = completer;
        return this;
    }

    /**
     * Has all events observed, by one thread: each process's in its order, those of different
     * processes interleaved in any way. A process waits while its events are not observed fast
     * enough. An observer that throws stops the network, and makes {@link Network#close} throw.
     */
    @CanIgnoreReturnValue
    public Configuration<S, M> trace(Consumer<? super Event<S, M>> consumer) {
        observer = consumer;
        return this;
    }

    /**
     * Replaces the queues that carry the messages and markers of the channels, which are reliable:
     * for tests of what a fault does. A queue has one producer and one consumer, which use
     * {@code offer}, which does not throw, {@code poll} and {@code peek}; a {@link NumberedQueue}
     * notices faults. A channel that is found broken, or does not take what is sent, stops the
     * network: all open snapshots fail, and the error names the channel and the fault.
     *
     * @param replacement is given each channel with its queue
     */
    @CanIgnoreReturnValue
    public Configuration<S, M> queues(
            BiFunction<Channel, Queue<Object>, Queue<Object>> replacement) {
        around = replacement;
        return this;
    }

    /**
     * Starts the network.
     *
     * @throws IllegalArgumentException if the initial state does not fit the topology
     * @throws IllegalStateException if a channel's queue does not take the messages that it holds
     */
    public Network<S, M> start() {
        return new Network<>(topology, new Engine<>(
                new Wiring<>(topology, behaviors, initial, around),
                first, workers, executor, observer).start());
    }
}
