package org.chandylamport.cli;

import com.google.common.base.Joiner;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSortedSet;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.chandylamport.cli.GraphOptions.Shape;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.chandylamport.sim.Counting;
import org.chandylamport.sim.Exploration;
import org.chandylamport.sim.Explorer;
import org.chandylamport.sim.Oracles;
import org.chandylamport.sim.ScheduleException;
import org.chandylamport.sim.Setup;
import org.chandylamport.sim.Simulator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code explore}: every schedule of a small system, each of its states once. */
@Command(name = "explore", description = {
    "Lets a small system, whose processes count messages, take every schedule. Holds the invariants"
            + " of the specification against each state, and the cut, Theorem 1 and the lattice"
            + " against each snapshot.",
    "Exit status: 0 if all is right, 1 if something is refuted, 2 if the arguments are wrong."})
final class ExploreCommand implements Callable<Integer> {

    private static final int LATTICE_LIMIT = 1_000_000;
    private static final int MOST_SNAPSHOTS = 64;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final GraphOptions graph = new GraphOptions(Shape.ring, 3);

    @Option(names = "--messages", paramLabel = "N", defaultValue = "1",
            description = "How many messages may be sent along each channel"
                    + " (default: ${DEFAULT-VALUE}).")
    private int messages;

    @Option(names = "--snapshots", paramLabel = "K", defaultValue = "1",
            description = "How many snapshots, which may overlap (default: ${DEFAULT-VALUE}).")
    private int snapshots;

    @Option(names = "--initiators", paramLabel = "WHO", defaultValue = "all",
            description = "Who may initiate each snapshot: all, one, or names like p1,p3"
                    + " (default: ${DEFAULT-VALUE}).")
    private String initiators;

    @Option(names = "--all-histories",
            description = "Also take every way through the system, not only every state: for tiny"
                    + " systems.")
    private boolean allHistories;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1",
            description = "Decides the random graph (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Override
    public Integer call() {
        require(messages >= 0, "--messages is at least 0, not " + messages);
        require(snapshots >= 0 && snapshots <= MOST_SNAPSHOTS,
                "--snapshots is from 0 to " + MOST_SNAPSHOTS + ", not " + snapshots);
        Topology topology = graph.topology(seed);
        ImmutableSortedSet<ProcessId> chosen = initiators(topology);
        Map<SnapshotId, Set<ProcessId>> plan = new TreeMap<>();
        for (int s = 1; s <= snapshots; s++) {
            plan.put(new SnapshotId(s), chosen);
        }
        Setup<Counting.State, Integer> setup =
                Setup.counting(topology, messages).withInitiators(plan);
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "%s of %d processes and %d channels, messages a channel %d,"
                        + " snapshots %d, initiators %s%n",
                graph, topology.processes().size(), topology.channels().size(), messages,
                snapshots, Joiner.on(' ').join(chosen));
        out.flush();
        try {
            explore(setup, out);
            return Main.OK;
        } catch (ScheduleException e) {
            out.println("REFUTED: " + e.getMessage());
            return Main.REFUTED;
        } finally {
            out.flush();
        }
    }

    private ImmutableSortedSet<ProcessId> initiators(Topology topology) {
        ImmutableSortedSet<ProcessId> all = topology.processes();
        if (initiators.equals("all")) {
            return all;
        } else if (initiators.equals("one")) {
            return ImmutableSortedSet.of(all.first());
        }
        ImmutableSortedSet<ProcessId> chosen = Splitter.on(',').trimResults().omitEmptyStrings()
                .splitToStream(initiators)
                .map(ProcessId::new)
                .collect(ImmutableSortedSet.toImmutableSortedSet(ProcessId::compareTo));
        require(!chosen.isEmpty() && all.containsAll(chosen),
                "--initiators is all, one, or names of " + Joiner.on(',').join(all)
                        + ", not " + initiators);
        return chosen;
    }

    private void explore(Setup<Counting.State, Integer> setup, PrintWriter out) {
        Judge judge = new Judge();
        try (Progress progress = new Progress(spec.commandLine().getErr(), "states")) {
            Exploration all = new Explorer<>(
                    setup, judge, soFar -> progress.accept(soFar.states())).states();
            out.printf(Locale.ROOT, "states             %,12d%nsteps              %,12d%n",
                    all.states(), all.steps());
        }
        if (allHistories) {
            try (Progress progress = new Progress(spec.commandLine().getErr(), "histories")) {
                Exploration all = new Explorer<>(
                        setup, judge, soFar -> progress.accept(soFar.histories())).histories();
                out.printf(Locale.ROOT, "histories          %,12d%n", all.histories());
            }
        }
        out.printf(Locale.ROOT, "snapshots checked  %,12d%n", judge.snapshots);
    }

    /** Holds the snapshots of each run that it is given against all oracles. */
    private static final class Judge implements Consumer<Simulator<Counting.State, Integer>> {

        private long snapshots;

        @Override
        public void accept(Simulator<Counting.State, Integer> run) {
            snapshots += Oracles.check(run, LATTICE_LIMIT);
        }
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }
}
