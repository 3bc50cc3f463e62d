package org.chandylamport.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.chandylamport.app.App;
import org.chandylamport.app.Bank;
import org.chandylamport.app.RandomSystem;
import org.chandylamport.app.Tokens;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Topology;

/**
 * A system to run under stress: an app on a random graph, or random behaviors on any multigraph.
 * All are small enough to keep the events of a run.
 *
 * @param initiators for each snapshot, processes that together reach all others
 */
record StressSystem<S, M>(
        Topology topology,
        Function<ProcessId, Behavior<S, M>> behaviors,
        GlobalState<S, M> initial,
        ImmutableList<ImmutableSortedSet<ProcessId>> initiators) {

    private static final int MOST_SNAPSHOTS = 16;
    private static final int MOST_MESSAGES = 20_000;

    /** A random system of at most so many processes. The same numbers give the same system. */
    static StressSystem<?, ?> random(int mostProcesses, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int processes = 1 + random.nextInt(mostProcesses);
        int snapshots = 1 + random.nextInt(MOST_SNAPSHOTS);
        int messages = 1 + random.nextInt(MOST_MESSAGES);
        return switch (random.nextInt(4)) {
            case 0 -> of(random(processes, random), snapshots,
                    topology -> new Bank(topology, messages, seed), random);
            case 1 -> of(random(processes, random), snapshots,
                    topology -> new Tokens(topology, messages, false), random);
            default -> of(RandomSystem.of(processes, random.nextInt(2 * processes + 2),
                    snapshots, 1 + messages / (4 * processes), seed));
        };
    }

    private static Topology random(int processes, SplittableRandom random) {
        return Topology.random(random.nextLong(), GraphOptions.names(processes));
    }

    private static <S, M> StressSystem<S, M> of(
            Topology topology,
            int snapshots,
            Function<Topology, App<S, M>> apps,
            SplittableRandom random) {
        App<S, M> app = apps.apply(topology);
        return new StressSystem<>(topology, app::behavior, app.initial(),
                Stream.generate(() -> RandomSystem.initiators(topology, random))
                        .limit(snapshots)
                        .collect(ImmutableList.toImmutableList()));
    }

    private static StressSystem<RandomSystem.Memory, RandomSystem.Letter> of(RandomSystem system) {
        return new StressSystem<>(system.topology(), system::behavior, system.initial(),
                system.initiators().values().asList());
    }
}
