package org.chandylamport;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.chandylamport.runtime.Engine;
import org.chandylamport.runtime.PendingSnapshot;

/**
 * A distributed system that runs in this JVM, on many threads, and whose global state can be
 * recorded while it runs.
 *
 * <p>Every method may be called by any thread. {@link #snapshot}, {@link #initiate},
 * {@link #abandon} and {@link #execute} may be called by a behavior too, and are lock-free, apart
 * from the executor that completes futures, the timer of a snapshot with a timeout, and the first
 * snapshot's look at which processes reach which; {@link #close} blocks.
 *
 * <p>A behavior that throws stops the network: all open snapshots fail, and the error names the
 * process and the cause.
 *
 * <p>Memory consistency effects: what a thread did before it called a method happens-before what a
 * process does in response. What a process did before it sent a message happens-before what another
 * does when it receives it. What the processes did before they recorded their states happens-before
 * a future of the snapshot completes.
 *
 * @param <S> states of processes, immutable
 * @param <M> messages, immutable
 */
public final class Network<S, M> implements AutoCloseable {

    private final Topology topology;
    private final Engine<S, M> engine;

    Network(Topology topology, Engine<S, M> engine) {
        this.topology = topology;
        this.engine = engine;
    }

    /**
     * Starts a network in which all processes behave alike.
     *
     * @param initial the state of each process, and the messages that each channel holds: a new
     *     system or a recorded one
     * @throws IllegalArgumentException if the initial state does not fit the topology
     */
    public static <S, M> Network<S, M> start(
            Topology topology, Behavior<S, M> behavior, GlobalState<S, M> initial) {
        return configure(topology, p -> behavior, initial).start();
    }

    /**
     * Starts a network in which each process has a behavior of its own.
     *
     * @throws IllegalArgumentException if a behavior is missing, or the initial state does not fit
     *     the topology
     */
    public static <S, M> Network<S, M> start(
            Topology topology,
            Map<ProcessId, ? extends Behavior<S, M>> behaviors,
            GlobalState<S, M> initial) {
        ImmutableMap<ProcessId, Behavior<S, M>> copy = ImmutableMap.copyOf(behaviors);
        topology.processes().forEach(p ->
                checkArgument(copy.containsKey(p), "process %s has no behavior", p));
        return configure(topology, copy::get, initial).start();
    }

    /** A network that is not started yet, so that more can be said about it. */
    public static <S, M> Configuration<S, M> configure(
            Topology topology,
            Function<ProcessId, Behavior<S, M>> behaviors,
            GlobalState<S, M> initial) {
        return new Configuration<>(topology, behaviors, initial);
    }

    /**
     * Initiates a snapshot at one or several processes. Any number may overlap.
     *
     * @throws IllegalArgumentException if none is given, if one is not in the topology, or if some
     *     process cannot be reached from them, so that the snapshot could never complete
     * @throws IllegalStateException if the network has stopped
     */
    public PendingSnapshot<S, M> snapshot(ProcessId... initiators) {
        ImmutableSortedSet<ProcessId> from = topology.requireInitiators(initiators);
        failure().ifPresent(reason -> {
            throw new IllegalStateException(reason.getMessage(), reason);
        });
        PendingSnapshot<S, M> pending = engine.open();
        from.forEach(p -> engine.initiate(pending.id(), p));
        return pending;
    }

    /**
     * Initiates a snapshot that is abandoned if it is not complete in time. Its future then fails
     * with a {@link java.util.concurrent.TimeoutException} that says which processes have not
     * recorded their state and which channels' markers are awaited, and for how long: it names the
     * first of them, those first that were asked to, and counts the others. {@link
     * PendingSnapshot#awaiting} has all of them as values. The network goes on.
     *
     * @throws IllegalArgumentException if the timeout is not positive, or as {@link #snapshot} does
     * @throws IllegalStateException if the network has stopped
     */
    public PendingSnapshot<S, M> snapshot(Duration timeout, ProcessId... initiators) {
        checkArgument(timeout.compareTo(Duration.ZERO) > 0,
                "a snapshot's timeout is more than 0, not %s", timeout);
        PendingSnapshot<S, M> pending = snapshot(initiators);
        engine.expire(pending, timeout);
        return pending;
    }

    /**
     * Makes p one more initiator of an open snapshot. Without effect if p has recorded its state
     * for it, or the snapshot has ended.
     *
     * @throws IllegalArgumentException if p is not in the topology
     */
    public void initiate(SnapshotId id, ProcessId p) {
        engine.initiate(id, topology.require(p));
    }

    /**
     * Gives a snapshot up: its future fails, and every process forgets what it has recorded for it.
     *
     * @return whether it was open
     */
    @CanIgnoreReturnValue
    public boolean abandon(SnapshotId id) {
        return engine.abandon(id, new IllegalStateException("snapshot " + id + " is abandoned"));
    }

    /**
     * Lets p take one internal step.
     *
     * @return the state of p after the step; fails with what the step threw, in which case it had
     *     no effect, or with why the network stopped. An {@link Error} stops the network
     * @throws IllegalArgumentException if p is not in the topology
     */
    @CanIgnoreReturnValue
    public CompletableFuture<S> execute(ProcessId p, Behavior.Step<S, M> step) {
        return engine.execute(topology.require(p), requireNonNull(step, "step"));
    }

    /**
     * Stops running p, as if it stalled, or crashed: it does nothing, and keeps what it is sent.
     *
     * @return what makes p run again, once p has stopped; fails if the network stops before. If it
     *     is cancelled first, p runs on
     * @throws IllegalArgumentException if p is not in the topology
     */
    @CanIgnoreReturnValue
    public CompletableFuture<Runnable> suspend(ProcessId p) {
        return engine.suspend(topology.require(p));
    }

    /** How many messages all processes have received, markers not counted: a moment ago. */
    public long received() {
        return engine.received();
    }

    /** Why the network has stopped; empty while it runs. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(engine.reasonOfEnd());
    }

    /**
     * Stops all threads, and fails the snapshots and steps that are open. The observer, if there is
     * one, has seen every event when this returns. Does nothing more the second time.
     *
     * @throws IllegalStateException if a behavior or the observer calls this, or if the observer
     *     threw, and so has not seen every event: all threads are stopped then too
     */
    @Override
    public void close() {
        engine.close();
    }
}
