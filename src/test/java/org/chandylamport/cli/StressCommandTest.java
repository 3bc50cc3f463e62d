package org.chandylamport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.collect.Iterables;
import com.google.common.collect.Streams;
import java.io.BufferedReader;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StressCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.run(new PrintWriter(out), new PrintWriter(err), args);
    }

    /** Runs so many systems with a fixed seed, and returns the summary. */
    private JsonNode stress(int status, int systems, String faults, String... more)
            throws Exception {
        List<String> args = Streams.concat(
                List.of("stress", "--seed=7", "--json", "--traces=" + folder,
                        "--systems=" + systems, "--faults=" + faults).stream(),
                List.of(more).stream()).toList();
        assertEquals(status, run(args.toArray(String[]::new)), () -> out + "\n" + err);
        JsonNode summary = JsonMapper.builder().build().readTree(out.toString());
        assertEquals(systems, summary.get("systems").asInt());
        assertEquals(0, summary.get("hangs").asInt());
        assertTrue(summary.get("messages").asInt() > 0);
        return summary;
    }

    private static int snapshots(JsonNode summary, Ending ending) {
        return summary.get("snapshots").path(ending.toString()).asInt();
    }

    @Test
    void everySnapshotOfRandomSystemsIsConsistentOrAbandonedOnPurpose() throws Exception {
        JsonNode summary = stress(0, 25, "none");
        assertTrue(snapshots(summary, Ending.CONSISTENT) > 100, summary::toString);
        assertTrue(Iterables.size(summary.get("snapshots")) <= 2, summary::toString);
        assertEquals(0, summary.get("faultsInjected").size());
    }

    @Test
    void withNumbersNoFaultOfAChannelMakesAWrongSnapshot() throws Exception {
        JsonNode summary = stress(0, 100, "drop,duplicate,reorder", "--timeout=500ms");
        assertEquals(0, snapshots(summary, Ending.WRONG));
        assertTrue(snapshots(summary, Ending.BROKEN) > 0, summary::toString);
        assertEquals(3, summary.get("faultsInjected").size(), summary::toString);
        assertFalse(summary.has("trace"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"drop", "duplicate", "reorder"})
    void withoutNumbersEachFaultMakesWrongSnapshotsAndTheAuditFindsThem(String fault)
            throws Exception {
        JsonNode summary = stress(1, 20, fault, "--unnumbered", "--timeout=200ms");
        assertTrue(snapshots(summary, Ending.WRONG) > 0, summary::toString);
        assertTrue(summary.get("complaints").size() > 0);
        assertEquals(1, run("audit", summary.get("trace").asText()), err::toString);
    }

    @Test
    void aProcessThatIsNotRunFailsSnapshotsAndMakesNoneWrong() throws Exception {
        JsonNode summary = stress(0, 6, "stall,crash", "--timeout=500ms");
        assertEquals(0, snapshots(summary, Ending.WRONG));
        assertTrue(snapshots(summary, Ending.HELD) > 0, summary::toString);
        assertTrue(summary.get("faultsInjected").size() > 0, summary::toString);
    }

    @Test
    void theSummaryIsReadByPeopleToo() {
        assertEquals(1, run("stress", "--systems=10", "--seed=7", "--faults=duplicate",
                "--unnumbered", "--traces=" + folder), err::toString);
        assertTrue(out.toString().startsWith("systems of up to 24 processes"), out.toString());
        assertTrue(out.toString().contains("10 systems, "), out.toString());
        assertTrue(out.toString().contains("0 hangs"), out.toString());
        assertTrue(out.toString().contains("its trace is " + folder), out.toString());
        assertEquals("", err.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--duration=60", "--duration=s", "--duration=-1s", "--systems=0",
        "--processes=0", "--processes=1001", "--workers=0", "--workers=99999", "--seed=x",
        "--faults=fire", "--faults=none,drop", "--faults=", "--timeout=0s", "--timeout=1",
        "--traces=/no/such/folder", "--frobnicate", "extra"})
    void aBadArgumentIsNamedInOneSentence(String argument) {
        assertEquals(2, run("stress", argument));
        String culprit = argument.split("=")[0].replaceFirst("^--", "");
        assertTrue(err.toString().contains(culprit), err.toString());
        assertEquals(1, err.toString().strip().lines().count(), err.toString());
        assertEquals("", out.toString());
    }

    @Test
    void aDurationEndsIt() {
        assertEquals(0, run("stress", "--duration=1ms"), err::toString);
        assertTrue(out.toString().contains("0 wrong snapshots"), out.toString());
    }

    @Test
    void aSignalEndsItWithASummaryAndItsOwnStatus() throws Exception {
        Process process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-ea", "-cp", System.getProperty("java.class.path"), Main.class.getName(),
                "stress", "--duration=1h", "--traces=" + folder)
                .redirectError(new File(folder.toFile(), "err"))
                .start();
        try (BufferedReader reader = process.inputReader()) {
            assertTrue(reader.readLine().contains("seed"));
            process.toHandle().destroy(); // The process itself would close the reader.
            String summary = reader.lines().collect(Collectors.joining("\n"));
            assertTrue(summary.contains("0 wrong snapshots, 0 hangs"), summary);
            assertEquals(0, process.waitFor());
        } finally {
            process.destroyForcibly();
        }
    }
}
