package org.chandylamport.cluster;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.util.ByteString;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.Event;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.chandylamport.store.Codec;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Node} that is not started yet. All nodes of a network are given the same topology,
 * behaviors and initial state. Not thread-safe.
 */
public final class NodeConfiguration<S, M> {

    private final Topology topology;
    private final Function<ProcessId, ? extends Behavior<S, M>> behaviors;
    private final GlobalState<S, M> initial;
    private final Codec<S> states;
    private final Codec<M> messages;
    private String listen = "127.0.0.1:0";
    private String advertise = "";
    private ImmutableList<String> seeds = ImmutableList.of();
    private int nodes = 1;
    private Placement placement = Placement.inOrder();
    private SnapshotId first = new SnapshotId(1);
    private int capacity = 1_000;
    private Delivery delivery = Delivery.RELIABLE;
    private Duration startTimeout = Duration.ofSeconds(60);
    private Duration snapshotTimeout = Duration.ofSeconds(60);
    private @Nullable Consumer<Event<S, M>> observer;
    private Runnable flush = () -> {};
    private BiConsumer<SnapshotId, String> unclaimed = (id, cause) -> {};
    private NodeSetup.@Nullable Commands<S, M> commands;
    private Consumer<String> listening = hostAndPort -> {};
    private Config overrides = ConfigFactory.empty();

    NodeConfiguration(
            Topology topology,
            Function<ProcessId, ? extends Behavior<S, M>> behaviors,
            GlobalState<S, M> initial,
            Codec<S> states,
            Codec<M> messages) {
        this.topology = topology;
        this.behaviors = behaviors;
        this.initial = initial;
        this.states = states;
        this.messages = messages;
    }

    /** The host and port to listen at: by default a free port that only this machine reaches. */
    @CanIgnoreReturnValue
    public NodeConfiguration<S, M> listen(String hostAndPort) {
        listen = hostAndPort;
        return this;
    }

    /** The host and port at which the others reach this node, if that is not where it listens. */
    @CanIgnoreReturnValue
    public NodeConfiguration<S, M> advertise(String hostAndPort) {
        advertise = hostAndPort;
        return this;
    }

    /**
     * The hosts and ports of nodes that know the others, the same list at all nodes; the first of
     * them leads the network. None by default: this node leads, and the others are given its
     * address.
     */
    @CanIgnoreReturnValue
    public NodeConfiguration<S, M> seeds(List<String> hostsAndPorts) {
        seeds = ImmutableList.copyOf(hostsAndPorts);
        return this;
    }

    /** How many nodes the network has; 1 by default. It starts when all are there. */
    @CanIgnoreReturnValue
    public NodeConfiguration<S, M> nodes(int count) {
        checkArgument(count > 0, "a network needs at least 1 node, not %s", count);
        nodes = count;
        return this;
    }

    /** Which node runs which process, by default in order; the first of the seeds decides. */
    @CanIgnoreReturnValue
    public NodeConfiguration<S, M> placement(Placement rule) {
        placement = rule;
        return this;
    }

    /** The number of the first snapshot, 1 by default: one more than the last, at a restore. */
    @CanIgnoreReturnValue
    public NodeConfiguration<S, M> firstSnapshot(SnapshotId id) {
        first = id;
        return this;
    }

    /**
     * How many messages may wait at the sending end of a channel, besides the window of the
     * transport: 1,000 by default. A step may exceed it by what it sends.
     */
    @CanIgnoreReturnValue
    public NodeConfiguration<S, M> capacity(int count) {
        checkArgument(count > 0, "a channel holds at least 1 message, not %s", count);
        capacity = count;
        return this;
    }

    /** How long the start may take; 60 s by default. */
    @CanIgnoreReturnValue
    public NodeConfiguration<S, M> startTimeout(Duration most) {
        startTimeout = most;
        return this;
    }

    /** How long a snapshot may take before it is given up; 60 s by default. */
    @CanIgnoreReturnValue
    public NodeConfiguration<S, M> snapshotTimeout(Duration most) {
        snapshotTimeout = most;
        return this;
    }

    /**
     * Has the events of the processes of this node observed, one at a time, by their threads: each
     * process's in its order, and each before what it sends is sent. An observer that throws stops
     * the process, and with it the network.
     *
     * @param saved makes what was observed survive a crash of this JVM; called before a recording
     *     of a process leaves it, so that the log of a node that is killed lacks none of them
     */
    @CanIgnoreReturnValue
    public NodeConfiguration<S, M> trace(Consumer<? super Event<S, M>> consumer, Runnable saved) {
        Object lock = new Object();
        observer = event -> {
            synchronized (lock) {
                consumer.accept(event);
            }
        };
        flush = () -> {
            synchronized (lock) {
                saved.run();
            }
        };
        return this;
    }

    /**
     * Is told, should the network break, of each snapshot that was asked for at another node,
     * recorded by a process of this one, and not said to be in the asker's hands: with why.
     */
    @CanIgnoreReturnValue
    public NodeConfiguration<S, M> unclaimed(BiConsumer<SnapshotId, String> listener) {
        unclaimed = listener;
        return this;
    }

    /** What a process of this node does at a command that another node sends it. */
    @CanIgnoreReturnValue
    public <C> NodeConfiguration<S, M> commands(
            Codec<C> codec, BiFunction<ProcessId, C, Behavior.Step<S, M>> steps) {
        commands = (p, bytes) -> steps.apply(p, Hosting.decoded(codec, bytes, "a command"));
        return this;
    }

    /** Is told the host and port of this node once it listens, before it waits for the others. */
    @CanIgnoreReturnValue
    public NodeConfiguration<S, M> listening(Consumer<String> hostAndPort) {
        listening = hostAndPort;
        return this;
    }

    /** Settings of Pekko that take the place of those in {@code pekko.conf}. */
    @CanIgnoreReturnValue
    public NodeConfiguration<S, M> pekko(Config settings) {
        overrides = settings;
        return this;
    }

    /** How channels carry what is sent along them. */
    @CanIgnoreReturnValue
    NodeConfiguration<S, M> delivery(Delivery how) {
        delivery = how;
        return this;
    }

    /**
     * Starts the node, and waits until every channel of the network is connected.
     *
     * @throws IllegalArgumentException if the initial state does not fit the topology
     * @throws IllegalStateException if this node cannot listen, or the network does not start in
     *     time; the message says what is missing
     */
    public Node<S, M> start() {
        NodeSystem system = new NodeSystem();
        Hosting<S, M> hosting = new Hosting<>(topology, behaviors, initial, states, messages,
                capacity, delivery, observer, flush, new LongAdder(), system::say);
        NodeSetup<S, M> setup = new NodeSetup<>(
                hosting, nodes, leader(), placement, first, snapshotTimeout, unclaimed, commands);
        NodeState<S, M> state = new NodeState<>(
                topology, new Requests<>(hosting), nodes);
        try {
            system.start(Settings.of(listen, advertise, seeds, nodes, overrides),
                    seeds.isEmpty(), setup, state);
        } catch (RuntimeException e) {
            if (Throwables.getRootCause(e) instanceof BindException cause) {
                throw new IllegalStateException(
                        "cannot listen at " + listen + ": " + cause.getMessage(), e);
            }
            throw e;
        }
        listening.accept(Names.shown(system.address()));
        system.awaitStart(startTimeout, state);
        return new Node<>(setup, state, system);
    }

    /** The first of the seeds leads; where there are none, or it is this one, this node does. */
    private String leader() {
        String self = advertise.isEmpty() ? listen : advertise;
        return seeds.isEmpty() || seeds.get(0).equals(self) ? "" : seeds.get(0);
    }
}
