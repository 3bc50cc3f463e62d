package org.chandylamport.spec;

import com.google.common.collect.ImmutableMap;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tlc2.TLC;

/**
 * The model checker TLC, in a JVM of its own for each run: a second run in one JVM may end it.
 *
 * <p>A run has its own folder for modules, for states and for temporary files, because parallel
 * runs would overwrite each other's.
 */
public final class Tlc {

    private static final Path RUNS = Path.of("target", "tlc");
    private static final Map<Model, Result> CHECKED = new ConcurrentHashMap<>();
    private static final Pattern STATES =
            Pattern.compile("\\d+ states generated, (\\d+) distinct states found, 0 states .*");
    private static final Pattern VIOLATED =
            Pattern.compile("Error: (?:Invariant|Action property) (\\w+) is violated.*");
    private static final Pattern ACTION =
            Pattern.compile("<(\\w+) line .* of module \\w+>: (\\d+):(\\d+)");

    private Tlc() {}

    /**
     * Checks a model, with coverage; or returns what was found when it was checked before.
     *
     * @param progress takes what TLC says of its progress
     */
    public static Result check(Model model, Duration atMost, Consumer<String> progress) {
        return CHECKED.computeIfAbsent(model, unknown -> {
            try {
                return checkNow(model, atMost, progress);
            } catch (IOException e) {
                throw new UncheckedIOException("TLC cannot check " + model.name(), e);
            }
        });
    }

    private static Result checkNow(Model model, Duration atMost, Consumer<String> progress)
            throws IOException {
        Path folder = newFolder(RUNS.resolve(model.name()), model);
        boolean oneWorker =
                !model.isDeep() || model.isLiveness() || !model.violates().isEmpty();
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                model.isDeep() ? "-XX:+UseParallelGC" : "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=" + (model.isDeep() ? 4 : 1), // Others end before C2 pays.
                "-Djava.io.tmpdir=" + folder.resolve("tmp"), "-cp", jar(),
                "tlc2.TLC", "-workers", oneWorker ? "1" : "2", "-coverage", "1",
                "-metadir", folder.resolve("states").toString(),
                "-config", model.file().getFileName().toString(), model.module());
        Result result = run(command, folder, atMost, progress);
        Files.write(folder.resolve("output.txt"), result.output);
        delete(folder.resolve("tmp"));
        delete(folder.resolve("states"));
        return result;
    }

    /** Puts a model into a folder of its own, in which there is one for temporary files, tmp. */
    static Path newFolder(Path place, Model model) throws IOException {
        Path folder = place.toAbsolutePath();
        delete(folder);
        model.copyTo(folder);
        Files.createDirectories(folder.resolve("tmp"));
        return folder;
    }

    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
        }
    }

    /**
     * Runs a program to its end.
     *
     * @param progress takes the lines that start with "Progress("
     */
    public static Result run(
            List<String> command, Path folder, Duration atMost, Consumer<String> progress)
            throws IOException {
        Instant start = Instant.now();
        var forked = org.chandylamport.trace.Tlc.fork(command, folder, atMost, line -> {
            if (line.startsWith("Progress(")) {
                progress.accept(line);
            }
        });
        return new Result(
                forked.status(), forked.output(), Duration.between(start, Instant.now()));
    }

    private static String jar() {
        try {
            CodeSource source = TLC.class.getProtectionDomain().getCodeSource();
            return Path.of(source.getLocation().toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("no path to TLC", e);
        }
    }

    /** What TLC said. */
    public record Result(int status, List<String> output, Duration time) {

        /** Whether TLC says, in both ways it has, that all was explored and nothing is wrong. */
        public boolean isComplete() {
            return status == 0 && output.contains(org.chandylamport.trace.Tlc.BANNER);
        }

        /** The size of the whole state graph, if it was explored. */
        public OptionalLong distinctStates() {
            return output.stream()
                    .map(STATES::matcher)
                    .filter(Matcher::matches)
                    .mapToLong(matcher -> Long.parseLong(matcher.group(1)))
                    .reduce((first, last) -> last);
        }

        /** The property that was violated: TLC names it unless it is a temporal one. */
        String violated() {
            return output.stream()
                    .map(VIOLATED::matcher)
                    .filter(Matcher::matches)
                    .map(matcher -> matcher.group(1))
                    .findFirst()
                    .orElse(output.contains("Error: Temporal properties were violated.")
                            ? "temporal" : "");
        }

        /** How many steps of each action were taken. */
        public ImmutableMap<String, Long> steps() {
            Map<String, Long> steps = new LinkedHashMap<>();
            for (String line : output) {
                Matcher matcher = ACTION.matcher(line);
                if (matcher.matches() && !matcher.group(1).endsWith("Init")) {
                    steps.put(matcher.group(1), Long.parseLong(matcher.group(3)));
                }
            }
            return ImmutableMap.copyOf(steps);
        }

        @Override
        public String toString() {
            int length = output.size();
            return "status " + status + " after " + time.toSeconds() + " s\n"
                    + String.join("\n", output.subList(Math.max(0, length - 120), length));
        }
    }
}
