package org.chandylamport.model;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Function;
import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Iterables;
import com.google.common.collect.Lists;
import com.google.common.collect.Sets;
import com.google.common.graph.Traverser;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The processes and channels of a distributed system: any finite directed multigraph. Cycles,
 * parallel channels, channels from a process to itself, and processes without incoming or outgoing
 * channels are all allowed.
 */
public final class Topology {

    private final ImmutableSortedSet<ProcessId> processes;
    private final ImmutableSortedMap<String, Channel> channels;
    private final Map<ProcessId, ImmutableList<Channel>> incoming;
    private final Map<ProcessId, ImmutableList<Channel>> outgoing;

    /** Found out once: whoever initiates a snapshot then reaches everybody. */
    private final Supplier<Boolean> stronglyConnected =
            Suppliers.memoize(this::isStronglyConnected);

    /**
     * The topology with these processes and channels.
     *
     * @throws IllegalArgumentException if two channels have one name, or a channel ends at a
     *     process that is not given
     */
    public Topology(Collection<ProcessId> processes, Collection<Channel> channels) {
        this.processes = ImmutableSortedSet.copyOf(processes);
        Map<String, Channel> byName = new HashMap<>();
        Map<ProcessId, List<Channel>> in = new HashMap<>();
        Map<ProcessId, List<Channel>> out = new HashMap<>();
        for (Channel c : ImmutableSortedSet.copyOf(channels)) {
            checkArgument(byName.put(c.name(), c) == null, "two channels are named %s", c);
            for (ProcessId end : List.of(c.from(), c.to())) {
                checkArgument(this.processes.contains(end),
                        "channel %s ends at %s, which is no process", c, end);
            }
            in.computeIfAbsent(c.to(), p -> new ArrayList<>(2)).add(c);
            out.computeIfAbsent(c.from(), p -> new ArrayList<>(2)).add(c);
        }
        this.channels = ImmutableSortedMap.copyOf(byName);
        this.incoming = frozen(in);
        this.outgoing = frozen(out);
    }

    /** All processes, in order. */
    public ImmutableSortedSet<ProcessId> processes() {
        return processes;
    }

    /** All channels, in order of their names. */
    public Collection<Channel> channels() {
        return channels.values();
    }

    /** The channel of that name, or null if there is none. */
    public @Nullable Channel channel(String name) {
        return channels.get(name);
    }

    /**
     * The channels that lead to p, in order.
     *
     * @throws IllegalArgumentException if p is no process of this topology
     */
    public ImmutableList<Channel> incoming(ProcessId p) {
        return incoming.getOrDefault(require(p), ImmutableList.of());
    }

    /**
     * The channels that lead away from p, in order.
     *
     * @throws IllegalArgumentException if p is no process of this topology
     */
    public ImmutableList<Channel> outgoing(ProcessId p) {
        return outgoing.getOrDefault(require(p), ImmutableList.of());
    }

    /**
     * Returns p.
     *
     * @throws IllegalArgumentException if p is no process of this topology
     */
    public ProcessId require(ProcessId p) {
        checkArgument(processes.contains(p), "there is no process %s", p);
        return p;
    }

    /**
     * The processes that no path of channels reaches from the given ones: a snapshot that these
     * initiate can complete only if there is none.
     */
    public ImmutableSortedSet<ProcessId> unreachableFrom(Set<ProcessId> initiators) {
        initiators.forEach(this::require);
        return !initiators.isEmpty() && Boolean.TRUE.equals(stronglyConnected.get())
                ? ImmutableSortedSet.of()
                : unreached(initiators, outgoing, Channel::to);
    }

    /**
     * These processes, if they can initiate a snapshot together.
     *
     * @throws IllegalArgumentException if they can not; the message says why
     */
    public ImmutableSortedSet<ProcessId> requireInitiators(ProcessId... initiators) {
        ImmutableSortedSet<ProcessId> from = ImmutableSortedSet.copyOf(initiators);
        checkArgument(!from.isEmpty(), "a snapshot needs an initiator");
        ImmutableSortedSet<ProcessId> unreachable = unreachableFrom(from);
        checkArgument(unreachable.isEmpty(),
                "a snapshot initiated by %s cannot complete: no channels lead from there to %s",
                from, unreachable);
        return from;
    }

    private boolean isStronglyConnected() {
        Set<ProcessId> one = ImmutableSet.copyOf(Iterables.limit(processes, 1));
        return unreached(one, outgoing, Channel::to).isEmpty()
                && unreached(one, incoming, Channel::from).isEmpty();
    }

    private ImmutableSortedSet<ProcessId> unreached(
            Set<ProcessId> starts,
            Map<ProcessId, ImmutableList<Channel>> channels,
            Function<Channel, ProcessId> end) {
        Iterable<ProcessId> reached = Traverser.<ProcessId>forGraph(p -> Lists.transform(
                channels.getOrDefault(p, ImmutableList.of()), end)).breadthFirst(starts);
        Set<ProcessId> found = Sets.newHashSet(reached);
        return ImmutableSortedSet.copyOf(Sets.filter(processes, p -> !found.contains(p)));
    }

    /** A channel from each process to each other one. */
    public static Topology complete(ProcessId... processes) {
        List<Channel> channels = new ArrayList<>();
        for (ProcessId from : processes) {
            for (ProcessId to : processes) {
                if (!from.equals(to)) {
                    channels.add(Channel.between(from, to));
                }
            }
        }
        return new Topology(List.of(processes), channels);
    }

    /** A channel from each process to the next, and from the last to the first. */
    public static Topology ring(ProcessId... processes) {
        List<Channel> channels = new ArrayList<>();
        for (int i = 0; i < processes.length; i++) {
            channels.add(Channel.between(processes[i], processes[(i + 1) % processes.length]));
        }
        return new Topology(List.of(processes), channels);
    }

    /** Channels between the first process and each other one, in both directions. */
    public static Topology star(ProcessId... processes) {
        List<Channel> channels = new ArrayList<>();
        for (int i = 1; i < processes.length; i++) {
            connect(channels, processes[0], processes[i]);
        }
        return new Topology(List.of(processes), channels);
    }

    /** Channels in both directions between neighbours in rows of the given width. */
    public static Topology grid(int width, ProcessId... processes) {
        checkArgument(width > 0, "a grid needs a width of at least 1, not %s", width);
        List<Channel> channels = new ArrayList<>();
        for (int i = 0; i < processes.length; i++) {
            if ((i + 1) % width != 0 && i + 1 < processes.length) {
                connect(channels, processes[i], processes[i + 1]);
            }
            if (i + width < processes.length) {
                connect(channels, processes[i], processes[i + width]);
            }
        }
        return new Topology(List.of(processes), channels);
    }

    /**
     * A strongly connected graph: a ring through all processes in a random order, and as many more
     * channels between random ends, some of them parallel or from a process to itself.
     */
    public static Topology random(long seed, ProcessId... processes) {
        SplittableRandom random = new SplittableRandom(seed);
        List<ProcessId> ring = new ArrayList<>(List.of(processes));
        for (int i = ring.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            ring.set(i, ring.set(j, ring.get(i)));
        }
        Map<String, Channel> channels = new HashMap<>();
        for (int i = 0; i < 2 * processes.length; i++) {
            ProcessId from = ring.get(i < ring.size() ? i : random.nextInt(ring.size()));
            ProcessId to = ring.get(
                    i < ring.size() ? (i + 1) % ring.size() : random.nextInt(ring.size()));
            String name = from + "->" + to;
            for (int k = 2; channels.containsKey(name); k++) {
                name = from + "->" + to + "#" + k;
            }
            channels.put(name, new Channel(name, from, to));
        }
        return new Topology(List.of(processes), channels.values());
    }

    private static void connect(List<Channel> channels, ProcessId p, ProcessId q) {
        channels.add(Channel.between(p, q));
        channels.add(Channel.between(q, p));
    }

    private static Map<ProcessId, ImmutableList<Channel>> frozen(
            Map<ProcessId, List<Channel>> channels) {
        Map<ProcessId, ImmutableList<Channel>> copy = new HashMap<>(2 * channels.size());
        channels.forEach((p, list) -> copy.put(p, ImmutableList.copyOf(list)));
        return copy;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Topology topology
                && processes.equals(topology.processes)
                && channels.equals(topology.channels);
    }

    @Override
    public int hashCode() {
        return 31 * processes.hashCode() + channels.hashCode();
    }

    @Override
    public String toString() {
        return "processes " + Iterables.toString(processes) + " channels " + channels.values();
    }
}
