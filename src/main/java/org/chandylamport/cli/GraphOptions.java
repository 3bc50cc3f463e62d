package org.chandylamport.cli;

import java.util.Locale;
import java.util.stream.IntStream;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Topology;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that choose a topology. */
final class GraphOptions {

    /** A family of strongly connected graphs, by the name that a user types. */
    enum Shape {
        ring, complete, star, grid, random
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--topology", paramLabel = "SHAPE",
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Shape shape;

    @Option(names = "--processes", paramLabel = "N",
            description = "How many processes (default: ${DEFAULT-VALUE}).")
    private int processes;

    /** The options with these defaults. */
    GraphOptions(Shape shape, int processes) {
        this.shape = shape;
        this.processes = processes;
    }

    /** The chosen topology; the seed decides a random one. */
    Topology topology(long seed) {
        return topology(shape, processes(), seed);
    }

    /** How many processes are chosen. */
    int processes() {
        if (processes < 1) {
            throw new ParameterException(spec.commandLine(),
                    "--processes is at least 1, not " + processes);
        }
        return processes;
    }

    /** The shape that is given, or this one where none is. */
    Shape shape(Shape otherwise) {
        boolean isGiven =
                spec.commandLine().getParseResult().hasMatchedOption("--topology");
        return isGiven ? shape : otherwise;
    }

    /** A topology of this shape; the seed decides a random one. */
    static Topology topology(Shape shape, int processes, long seed) {
        ProcessId[] ids = names(processes);
        return switch (shape) {
            case ring -> Topology.ring(ids);
            case complete -> Topology.complete(ids);
            case star -> Topology.star(ids);
            case grid -> Topology.grid((int) Math.ceil(Math.sqrt(processes)), ids);
            case random -> Topology.random(seed, ids);
        };
    }

    /** Names that sort as their numbers do. */
    static ProcessId[] names(int count) {
        String format = "p%0" + Integer.toString(count).length() + "d";
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new ProcessId(String.format(Locale.ROOT, format, i)))
                .toArray(ProcessId[]::new);
    }

    @Override
    public String toString() {
        return shape + " graph";
    }
}
