package org.chandylamport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.StateCase;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.TestList;

/**
 * Runs all of jcstress: in sanity mode, with few samples in one JVM configuration, hardly
 * optimized, of which JDK 17 makes two, with and without biased locking; or as the system property
 * {@code jcstress.options} says. The report is target/jcstress/results/index.html.
 */
class JcstressIT {

    private static final String SANITY = "-m sanity -af NONE -sc false -jvmArgs -ea"
            + " -jvmArgs -XX:TieredStopAtLevel=1 -time 20 -iters 1 -strideSize 64 -strideCount 8";
    private static final String OPTIONS = System.getProperty("jcstress.options", SANITY);
    private static final String PACKAGE = JcstressIT.class.getPackageName() + ".";
    private static final Path FOLDER = Path.of("target", "jcstress").toAbsolutePath();
    private static final Path OUTPUT = FOLDER.resolve("output.txt");

    /** How often each outcome of each harness was seen, in all configurations together. */
    private static final TreeMap<String, TreeMap<String, Long>> SEEN = new TreeMap<>();

    private static int exitCode;

    @BeforeAll
    @Timeout(value = 1, unit = TimeUnit.DAYS)
    static void runAll() throws Exception {
        Files.createDirectories(FOLDER);
        for (Path old : binaries()) {
            Files.delete(old);
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar", FOLDER.resolveSibling("jcstress.jar").toString(),
                "-r", "results", "-v"));
        command.addAll(List.of(OPTIONS.split(" +")));
        exitCode = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(OUTPUT.toFile())
                .start()
                .waitFor();
        for (Path binary : binaries()) {
            new DiskReadCollector(binary.toString(), JcstressIT::add).dump();
        }
    }

    private static List<Path> binaries() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".bin.gz")).toList();
        }
    }

    private static void add(TestResult result) {
        TreeMap<String, Long> counts =
                SEEN.computeIfAbsent(result.getName(), name -> new TreeMap<>());
        result.getStateKeys().forEach(
                state -> counts.merge(state, result.getCount(state), Long::sum));
    }

    @Test
    void noForbiddenOutcomeIsSeen() {
        assertEquals(0, exitCode, "see " + OUTPUT);
    }

    @Test
    void everyHarnessRuns() {
        assertEquals(new TreeSet<>(TestList.tests()), SEEN.keySet());
        SEEN.forEach((harness, counts) ->
                assertTrue(!counts.isEmpty(), harness + " has no sample"));
    }

    @Test
    void everyClaimHasATwin() {
        Set<String> claims = new TreeSet<>();
        Set<String> withTwin = new TreeSet<>();
        for (String harness : TestList.tests()) {
            String[] names = harness.substring(PACKAGE.length()).split("\\.");
            claims.add(names[0]);
            if (names.length > 1 && cases(harness).stream().anyMatch(JcstressIT::isInteresting)) {
                withTwin.add(names[0]);
            }
        }
        assertEquals(claims, withTwin);
    }

    @Test
    void theTwinsFailWhoseFailureX86Shows() {
        assumeFalse(OPTIONS.equals(SANITY), "a sanity run is too short");
        List<String> survivors = new ArrayList<>();
        Set<String> expected = new TreeSet<>();
        for (String harness : TestList.tests()) {
            for (StateCase outcome : cases(harness)) {
                if (isInteresting(outcome) && outcome.description().endsWith("x86 shows this")) {
                    expected.add(harness.substring(PACKAGE.length()));
                    if (SEEN.get(harness).keySet().stream().noneMatch(outcome::matches)) {
                        survivors.add(harness + ": " + outcome.description());
                    }
                }
            }
        }
        assertEquals(List.of(), survivors);
        assertTrue(expected.containsAll(
                Set.of("NoWakeUpIsLost.WithoutFence", "SpinningEnds.OnAPlainField")),
                "the wake-up and the spinning have twins that must fail: " + expected);
    }

    private static Collection<StateCase> cases(String harness) {
        TestInfo info = TestList.getInfo(harness);
        List<StateCase> cases = new ArrayList<>(info.cases());
        cases.add(info.unmatched());
        return cases;
    }

    private static boolean isInteresting(StateCase outcome) {
        return outcome.expect() == Expect.ACCEPTABLE_INTERESTING;
    }
}
