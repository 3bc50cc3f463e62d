package org.chandylamport.app;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.Channel;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.Outbox;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;

/**
 * A random system, for every driver: any multigraph, processes that reply and forward, and a plan
 * of snapshots. The same parameters give the same system. Every run ends, and every planned
 * snapshot can complete.
 *
 * @param seed what all that is random is drawn from; also meant for the schedule
 * @param initial some channels hold letters from the start
 * @param initiators for each snapshot, processes that together reach all others
 */
public record RandomSystem(
        long seed,
        Topology topology,
        GlobalState<RandomSystem.Memory, RandomSystem.Letter> initial,
        ImmutableSortedMap<SnapshotId, ImmutableSortedSet<ProcessId>> initiators) {

    /**
     * The state of a process: how many internal steps it has left, and a digest of all that it has
     * done, which two different histories hardly ever share.
     */
    public record Memory(int budget, long digest) {}

    /** A message: how many times its answers may be answered, and a payload. */
    public record Letter(int hops, long payload) {}

    /**
     * The system with these parameters.
     *
     * @param extra channels besides those of a random tree, some parallel, some to their own sender
     * @param budget the most internal steps of a process; each sends one or two letters
     */
    public static RandomSystem of(int processes, int extra, int snapshots, int budget, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<ProcessId> names = IntStream.rangeClosed(1, processes)
                .mapToObj(i -> new ProcessId("p" + i))
                .toList();
        Map<String, Channel> channels = new HashMap<>();
        for (int i = 0; i < processes - 1 + extra; i++) {
            int to = i < processes - 1 ? i + 1 : random.nextInt(processes);
            int from = random.nextInt(i < processes - 1 ? to : processes);
            boolean turn = i < processes - 1 && random.nextBoolean();
            add(channels, names.get(turn ? to : from), names.get(turn ? from : to));
        }
        Topology topology = new Topology(names, channels.values());
        ImmutableSortedMap.Builder<SnapshotId, ImmutableSortedSet<ProcessId>> plan =
                ImmutableSortedMap.naturalOrder();
        for (int s = 1; s <= snapshots; s++) {
            plan.put(new SnapshotId(s), initiators(topology, random));
        }
        return new RandomSystem(
                seed, topology, initial(topology, budget, random), plan.buildOrThrow());
    }

    private static void add(Map<String, Channel> channels, ProcessId from, ProcessId to) {
        String name = from + "->" + to;
        for (int k = 2; channels.containsKey(name); k++) {
            name = from + "->" + to + "#" + k;
        }
        channels.put(name, new Channel(name, from, to));
    }

    private static GlobalState<Memory, Letter> initial(
            Topology topology, int budget, SplittableRandom random) {
        Map<ProcessId, Memory> states = new HashMap<>();
        for (ProcessId p : topology.processes()) {
            states.put(p, new Memory(random.nextInt(budget + 1), random.nextLong()));
        }
        Map<Channel, List<Letter>> contents = new HashMap<>();
        for (Channel c : topology.channels()) {
            List<Letter> letters = new ArrayList<>();
            for (int n = random.nextInt(4) - 1; n > 0; n--) {
                letters.add(new Letter(random.nextInt(3), random.nextLong()));
            }
            contents.put(c, letters);
        }
        return GlobalState.of(states, contents);
    }

    /** Some random processes, with as many more as it takes to reach all others. */
    public static ImmutableSortedSet<ProcessId> initiators(
            Topology topology, SplittableRandom random) {
        ImmutableList<ProcessId> processes = topology.processes().asList();
        Set<ProcessId> initiators = new TreeSet<>();
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            initiators.add(processes.get(random.nextInt(processes.size())));
        }
        for (Set<ProcessId> left = topology.unreachableFrom(initiators); !left.isEmpty(); ) {
            initiators.add(left.iterator().next());
            left = topology.unreachableFrom(initiators);
        }
        return ImmutableSortedSet.copyOf(initiators);
    }

    /** What the process does: the same for the same state and letter, whatever the driver. */
    public Behavior<Memory, Letter> behavior(ProcessId p) {
        return new Correspondent(p, topology.outgoing(p));
    }

    /** Replies and forwards; takes its internal steps, each of which sends a letter or two. */
    private record Correspondent(ProcessId p, ImmutableList<Channel> outgoing)
            implements Behavior<Memory, Letter> {

        @Override
        public Memory receive(Memory memory, Channel c, Letter letter, Outbox<Letter> outbox) {
            long seed = mix(memory.digest + mix(letter.payload + mix(c.hashCode() + letter.hops)));
            SplittableRandom random = new SplittableRandom(seed);
            if (letter.hops > 0) {
                send(random.nextInt(3), letter.hops - 1, random, outbox);
            }
            return new Memory(memory.budget, seed);
        }

        @Override
        public boolean hasInternal(Memory memory) {
            return memory.budget > 0;
        }

        @Override
        public Memory internal(Memory memory, Outbox<Letter> outbox) {
            SplittableRandom random = new SplittableRandom(mix(memory.digest));
            send(1 + random.nextInt(2), random.nextInt(3), random, outbox);
            return new Memory(memory.budget - 1, mix(memory.digest));
        }

        private void send(int n, int hops, SplittableRandom random, Outbox<Letter> outbox) {
            for (int i = 0; i < n && !outgoing.isEmpty(); i++) {
                Channel c = outgoing.get(random.nextInt(outgoing.size()));
                outbox.send(c, new Letter(hops, random.nextLong()));
            }
        }

        private static long mix(long seed) {
            return new SplittableRandom(seed).nextLong();
        }
    }

    /** What to type to get this system again, and what it is. */
    @Override
    public String toString() {
        return "seed " + seed + ", " + topology + ", initially " + initial
                + ", snapshots " + initiators;
    }
}
