package org.chandylamport.trace;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import com.google.common.io.Resources;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks TLC whether traces are behaviors of the specification, {@code spec/ChandyLamport.tla} over
 * {@code spec/Logged.tla}.
 */
public final class Validation {

    /** So many lines a run of TLC takes at most. */
    public static final int LIMIT = 100_000;

    private static final List<String> MODULES = List.of("ChandyLamport.tla", "Logged.tla");
    private static final String VIOLATION = "Error: Invariant LineIsAllowed is violated";
    private static final Pattern LINE = Pattern.compile("/\\\\ line = (\\d+)");
    private static final Pattern TRACE = Pattern.compile("/\\\\ trace = (\\d+)");
    private static final Duration AT_MOST = Duration.ofMinutes(30);

    /** A trace has few states: it is at its end before code that is optimized pays. */
    private static final ImmutableList<String> JVM = ImmutableList.of(
            "-Xss64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private Validation() {}

    /**
     * Where a trace leaves the specification.
     *
     * @param trace which of the traces, from 0
     * @param line how many of its lines are allowed
     * @param explanation the first line that is not, in words
     */
    public record Rejection(int trace, int line, String explanation) {}

    /**
     * Whether the specification allows every line of every trace: null, or where one leaves it.
     *
     * @param traces one or more, of one topology
     */
    public static @Nullable Rejection validate(List<LoggedTrace> traces) throws IOException {
        Path folder = Files.createTempDirectory("chandy-lamport-validate");
        try {
            TracesModule module = new TracesModule(traces);
            for (String name : MODULES) {
                Files.writeString(folder.resolve(name), resource(name));
            }
            Files.writeString(folder.resolve("Logged.cfg"), resource("Logged.cfg"));
            Files.writeString(folder.resolve("Traces.tla"), module.text());
            Tlc.Result result = Tlc.run(folder, JVM,
                    List.of("-workers", "1", "-config", "Logged.cfg", "Logged"),
                    AT_MOST, line -> {});
            return result.isComplete() ? null : rejection(module, result);
        } finally {
            MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
        }
    }

    private static Rejection rejection(TracesModule module, Tlc.Result result)
            throws IOException {
        if (result.output().stream().noneMatch(line -> line.startsWith(VIOLATION))) {
            throw new IOException("TLC could not check the trace: " + complaint(result));
        }
        int line = last(LINE, result);
        int trace = last(TRACE, result) - 1;
        return new Rejection(trace, line - 1, module.words(trace, line - 1));
    }

    private static String complaint(Tlc.Result result) {
        return result.output().stream()
                .filter(line -> line.startsWith("Error: "))
                .findFirst()
                .orElse("it exits with " + result.status());
    }

    private static int last(Pattern pattern, Tlc.Result result) {
        return result.output().stream()
                .map(pattern::matcher)
                .filter(Matcher::find)
                .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
                .reduce(0, (first, last) -> last);
    }

    private static String resource(String name) throws IOException {
        URL url = requireNonNull(
                Validation.class.getResource("/org/chandylamport/spec/" + name), name);
        return Resources.toString(url, StandardCharsets.UTF_8);
    }
}
