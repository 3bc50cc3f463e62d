package org.chandylamport.cluster;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableSortedSet;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;
import org.chandylamport.cluster.Wire.Control;
import org.chandylamport.cluster.Wire.Finished;
import org.chandylamport.cluster.Wire.GiveUp;
import org.chandylamport.cluster.Wire.Initiate;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.chandylamport.store.Codec;

/**
 * One of several JVMs that run a distributed system together, and whose global state can be
 * recorded from any of them while it runs.
 *
 * <p>Every method may be called by any thread. {@link #close} and {@link #finish} block, and must
 * not be called by a behavior.
 *
 * <p>A channel that breaks, a node that dies or leaves, or a behavior that throws makes an end of
 * snapshots: {@link #failure} says why, open snapshots fail, and new ones are refused. The network
 * is then restarted from a stored snapshot.
 *
 * @param <S> states of processes, immutable
 * @param <M> messages, immutable
 */
public final class Node<S, M> implements AutoCloseable {

    private final Topology topology;
    private final NodeSetup<S, M> setup;
    private final NodeState<S, M> state;
    private final NodeSystem system;

    /** The node that these actors make, which have started. */
    Node(NodeSetup<S, M> setup, NodeState<S, M> state, NodeSystem system) {
        this.topology = setup.hosting().topology();
        this.setup = setup;
        this.state = state;
        this.system = system;
    }

    /** A node that is not started yet, so that more can be said about it. */
    public static <S, M> NodeConfiguration<S, M> configure(
            Topology topology,
            Function<ProcessId, ? extends Behavior<S, M>> behaviors,
            GlobalState<S, M> initial,
            Codec<S> states,
            Codec<M> messages) {
        return new NodeConfiguration<>(topology, behaviors, initial, states, messages);
    }

    private NodeState.Started started() {
        return state.started().join();
    }

    /** The processes that run here. */
    public ImmutableSortedSet<ProcessId> processes() {
        return ImmutableSortedSet.copyOf(started().processes().keySet());
    }

    /**
     * Initiates a snapshot at one or several processes, wherever they run. Any number may overlap.
     *
     * @throws IllegalArgumentException if none is given, if one is not in the topology, or if some
     *     process cannot be reached from them, so that the snapshot could never complete
     * @throws IllegalStateException if the network takes no snapshots any more
     */
    public ClusterSnapshot<S, M> snapshot(ProcessId... initiators) {
        ImmutableSortedSet<ProcessId> from = topology.requireInitiators(initiators);
        failure().ifPresent(reason -> {
            throw new IllegalStateException(reason.getMessage(), reason);
        });
        return state.requests().open(from, this::say);
    }

    /**
     * Makes p one more initiator of an open snapshot. Without effect if p has recorded its state
     * for it, or the snapshot has ended.
     *
     * @throws IllegalArgumentException if p is not in the topology
     */
    public void initiate(SnapshotId id, ProcessId p) {
        say(new Initiate(id.number(), topology.require(p).name()));
    }

    /** Gives a snapshot up: every process forgets what it has recorded for it. */
    public void abandon(SnapshotId id) {
        say(new GiveUp(id.number(), "it was abandoned"));
    }

    /**
     * Lets a process that runs here take one internal step.
     *
     * @return the state of p after the step; fails with what the step threw, in which case it had
     *     no effect, or if p is halted before
     * @throws IllegalArgumentException if p does not run here
     */
    @CanIgnoreReturnValue
    public CompletableFuture<S> execute(ProcessId p, Behavior.Step<S, M> step) {
        ActorRef<ProcessMessage> process = started().processes().get(topology.require(p));
        checkArgument(process != null, "process %s runs on another node: send it a command", p);
        CompletableFuture<S> done = new CompletableFuture<>();
        requireNonNull(process).tell(new ProcessMessage.Take<S, M>(
                requireNonNull(step, "step"), (after, failure) -> {
                    if (failure == null) {
                        done.completeAsync(() -> requireNonNull(after));
                    } else {
                        done.completeExceptionally(failure);
                    }
                }));
        return done;
    }

    /**
     * Lets a process, wherever it runs, take the internal step that its node makes of a command.
     *
     * @return the state of p after the step; fails if the step threw, or the network breaks before
     * @throws IllegalArgumentException if p is not in the topology
     */
    @CanIgnoreReturnValue
    public <C> CompletableFuture<S> execute(ProcessId p, C command, Codec<C> codec) {
        ByteString bytes = Hosting.encoded(codec, command, "the command to process " + p);
        NodeState.Started started = started();
        int self = started.layout().nodes().indexOf(system.address());
        return state.requests().execute(self, topology.require(p), bytes, this::say);
    }

    private void say(Control control) {
        system.say(control);
    }

    /** The actors of this node. */
    NodeSystem system() {
        return system;
    }

    /** The host and port at which the others reach this node. */
    public String hostAndPort() {
        return Names.shown(system.address());
    }

    /** How many messages the processes of this node have received, markers not counted. */
    public long received() {
        return setup.hosting().received().sum();
    }

    /** How many messages all processes have received, as far as this node has been told. */
    public long receivedByAll() {
        return state.receivedByAll();
    }

    /** Why the network takes no snapshots any more; empty while it does. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(state.requests().reasonOfEnd());
    }

    /**
     * Says that this node is done: completes when every node has said so, and each may close.
     * Fails if the network breaks before.
     */
    public CompletableFuture<Void> finish() {
        state.finishing();
        say(new Finished());
        return state.whenFinished().copy();
    }

    /**
     * Leaves the network, and fails what is open here. Unless all nodes have finished, this is the
     * end of snapshots for the others. Does nothing the second time.
     */
    @Override
    public void close() {
        state.fail(new IllegalStateException("this node is closed"));
        system.close();
    }
}
