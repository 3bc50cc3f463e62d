package org.chandylamport.spec;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import com.google.common.collect.MoreCollectors;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chandylamport.model.ProcessId;
import org.chandylamport.sim.Counting;
import org.chandylamport.sim.Exploration;
import org.chandylamport.sim.Explorer;
import org.chandylamport.sim.Setup;

/**
 * Compares a model of {@code spec/} with the code, in a JVM of its own, because TLC can evaluate
 * one specification a JVM. Started there, it compares, and prints what {@link Result} reads.
 */
final class Conformance {

    private static final Path RUNS = Path.of("target", "conformance");
    private static final Pattern QUOTED = Pattern.compile("\"(\\w+)\"");

    private Conformance() {}

    /**
     * Compares a model with the code, of which some classes may be replaced.
     *
     * @param classes folders of classes that stand before those of the project
     */
    static Result of(String name, Model model, List<Path> classes, Consumer<String> progress)
            throws IOException, InterruptedException {
        Path folder = Tlc.newFolder(RUNS.resolve(name), model);
        String path = Stream.concat(
                        classes.stream().map(own -> own.toAbsolutePath().toString()),
                        Stream.of(System.getProperty("java.class.path")))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-ea", "-Xmx2g", "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=" + (model.isDeep() ? 4 : 1), // As in Tlc.
                "-Djava.io.tmpdir=" + folder.resolve("tmp"), "-cp", path,
                Conformance.class.getName(), model.module(), model.name(),
                model.constant("Messages"), model.constant("Initiating"),
                model.constant("MayAbandon"));
        Duration atMost = Duration.ofMinutes(model.isDeep() ? 30 : 2);
        Tlc.Result run = Tlc.run(command, folder, atMost, progress);
        Tlc.delete(folder.resolve("tmp"));
        return Result.parse(run);
    }

    public static void main(String[] args) {
        Specification specification = new Specification(args[0], args[1]);
        Setup<Counting.State, Integer> setup = setup(specification, Integer.parseInt(args[2]),
                args[3], Boolean.parseBoolean(args[4]));
        LockStep.Comparison found = new LockStep(specification, setup).run();
        System.out.println(Result.COMPARED
                + found.states() + " " + found.enabled() + " " + found.disabled());
        if (found.difference().isEmpty()) {
            Exploration all = new Explorer<>(setup).states();
            System.out.println(Result.EXPLORED + all.states() + " " + all.steps());
        }
        found.difference().forEach(line -> System.out.println(Result.DIFFERENCE + line));
    }

    /** The system with the constants of the specification. */
    private static Setup<Counting.State, Integer> setup(
            Specification specification, int messages, String initiating, boolean mayAbandon) {
        ImmutableSet<ProcessId> initiators = QUOTED.matcher(initiating).results()
                .map(name -> new ProcessId(name.group(1)))
                .collect(ImmutableSet.toImmutableSet());
        Setup<Counting.State, Integer> setup =
                Setup.counting(specification.topology(), messages).withInitiators(
                        Maps.toMap(specification.snapshots(), s -> initiators));
        return mayAbandon ? setup.withAbandon() : setup;
    }

    /**
     * What the JVM printed.
     *
     * @param states distinct states of the specification, up to the first difference
     * @param enabled how many pairs of a state and an instance of an action that is enabled in it
     *     were compared
     * @param disabled how many pairs in which it is not
     * @param explored the states and steps that the explorer of the code found
     * @param difference the first difference, empty if there is none
     */
    record Result(long states, long enabled, long disabled, Exploration explored,
            ImmutableList<String> difference, Duration time) {

        private static final String COMPARED = "compared ";
        private static final String EXPLORED = "explored ";
        private static final String DIFFERENCE = "difference ";

        private static Result parse(Tlc.Result run) {
            checkState(run.status() == 0, "%s", run);
            long[] compared = numbers(run.output(), COMPARED, 3);
            ImmutableList<String> difference = run.output().stream()
                    .filter(line -> line.startsWith(DIFFERENCE))
                    .map(line -> line.substring(DIFFERENCE.length()))
                    .collect(ImmutableList.toImmutableList());
            long[] explored = difference.isEmpty()
                    ? numbers(run.output(), EXPLORED, 2) : new long[2];
            return new Result(compared[0], compared[1], compared[2],
                    new Exploration(explored[0], explored[1], 0, 0), difference, run.time());
        }

        /** The numbers of the one line that starts so. */
        private static long[] numbers(List<String> output, String start, int count) {
            long[] numbers = output.stream()
                    .filter(line -> line.startsWith(start))
                    .collect(MoreCollectors.onlyElement())
                    .substring(start.length()).transform(Splitter.on(' ')::splitToStream)
                    .mapToLong(Long::parseLong)
                    .toArray();
            checkState(numbers.length == count, "%s", output);
            return numbers;
        }
    }
}
