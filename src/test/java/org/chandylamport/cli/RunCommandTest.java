package org.chandylamport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.collect.ImmutableSortedSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.List;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.chandylamport.trace.TraceWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.run(new PrintWriter(out), new PrintWriter(err), args);
    }

    @ParameterizedTest
    @CsvSource({"bank,ring", "bank,complete", "bank,star", "bank,grid", "bank,random",
        "tokens,ring", "tokens,random", "diffusing,ring", "diffusing,star",
        "transactions,complete"})
    void everyAppOnEveryTopologyIsFoundConsistent(String app, String topology) {
        assertEquals(0, run("run", "--app", app, "--topology", topology, "--processes", "7",
                "--messages", "3000", "--snapshots", "5", "--workers", "3"), err::toString);
        assertTrue(out.toString().contains("5 of 5 snapshots are consistent"), out.toString());
        assertTrue(out.toString().contains("5 of 5 lie on a computation"), out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void theJsonHasEachSnapshotWithItsVerdict() throws Exception {
        assertEquals(0, run("run", "--messages", "5000", "--snapshots", "4", "--json"));
        JsonNode result = JsonMapper.builder().build().readTree(out.toString());
        assertEquals(4, result.get("snapshots").size());
        assertTrue(result.get("messages").asLong() >= 5000);
        for (JsonNode snapshot : result.get("snapshots")) {
            assertEquals("consistent", snapshot.get("verdict").asText());
            assertTrue(snapshot.get("initiators").size() > 0);
        }
    }

    @Test
    void theTraceOfARunAuditsConsistentAndTheAuditSeesEverySnapshot() {
        Path trace = folder.resolve("t.ndjson.gz");
        assertEquals(0, run("run", "--messages", "5000", "--trace", trace.toString()));
        assertEquals(0, run("audit", trace.toString()), err::toString);
        assertTrue(out.toString().contains("10 snapshots: 10 consistent"), out.toString());
    }

    @Test
    void withoutAnAuditNothingIsClaimed() {
        Path trace = folder.resolve("t.ndjson");
        assertEquals(0, run("run", "--messages=1000", "--no-audit", "--trace=" + trace));
        assertFalse(out.toString().contains("consistent"), out.toString());
        assertTrue(out.toString().contains("not audited"), out.toString());
        assertEquals(0, run("audit", trace.toString()));
    }

    @Test
    void aSnapshotThatTakesTooLongIsAbortedInTheTraceTooAndSaysWhatItWaitedFor() throws Exception {
        Path trace = folder.resolve("t.ndjson");
        do { // A marker is seldom that fast, but may be.
            assertEquals(0, run("run", "--topology=ring", "--processes=3000", "--timeout=1ms",
                    "--trace=" + trace, "--messages=3000"), err::toString);
        } while (!out.toString().contains("  aborted  "));
        Pattern cause = Pattern.compile(
                "snapshot (\\d+) is not complete after 0\\.001 s: it waits for \\w.*");
        List<String> printed = cause.matcher(out.toString()).results()
                .map(MatchResult::group).toList();
        String lines = Files.readString(trace);
        for (String sentence : printed) {
            assertTrue(lines.contains("\"cause\":\"" + sentence + "\""), sentence);
        }
        assertEquals(printed.size(), lines.split("\"Aborted\"", -1).length - 1);
        int complete = 10 - printed.size();
        assertTrue(out.toString().contains(
                complete + " of " + complete + " snapshots are consistent"), out.toString());
        assertEquals(0, run("audit", trace.toString()), err::toString);
        assertTrue(out.toString().contains(printed.size() + " aborted"), out.toString());
    }

    @Test
    void theJsonOfAnAbortedSnapshotHasTheCause() throws Exception {
        JsonNode snapshots;
        do {
            assertEquals(0, run("run", "--topology=ring", "--processes=3000", "--timeout=1ms",
                    "--messages=3000", "--json"), err::toString);
            snapshots = JsonMapper.builder().build().readTree(out.toString()).get("snapshots");
        } while (!snapshots.findValuesAsText("verdict").contains("aborted"));
        for (JsonNode snapshot : snapshots) {
            assertEquals(snapshot.get("verdict").asText().equals("aborted"),
                    snapshot.has("cause"), snapshot::toString);
        }
    }

    @Test
    void noSnapshotsAreFineToo() {
        assertEquals(0, run("run", "--messages", "100", "--snapshots", "0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--processes=0", "--messages=0", "--snapshots=-1", "--overlap=0",
        "--workers=0", "--timeout=0ms", "--timeout=5", "--topology=torus", "--app=casino",
        "--seed=x", "--processes=1 --topology=star", "--frobnicate", "extra", "--trace=\u0000",
        "--messages=99999999999999999999", "--messages=9223372036854775807"})
    void aBadArgumentIsNamedInOneSentence(String arguments) {
        assertEquals(2, run(("run " + arguments).split(" ")));
        String culprit = arguments.split("[ =]")[0].replaceFirst("^--", "");
        assertTrue(err.toString().contains(culprit), err.toString());
        assertEquals(1, err.toString().strip().lines().count(), err.toString());
        assertEquals("", out.toString());
    }

    @Test
    void aDiskThatIsFullAtTheEndIsNoDefect() throws Exception {
        Topology one = new Topology(List.of(new ProcessId("p")), List.of());
        GlobalState<String, String> initial = GlobalState.initial(one, "x".repeat(100_000));
        TraceWriter<String, String> trace = new TraceWriter<>(
                Path.of("/dev/full"), one, GlobalState.initial(one, ""));
        LiveAudit<String, String> audit = new LiveAudit<>(one, initial, trace, true);
        audit.completed(new Snapshot<>(new SnapshotId(1), ImmutableSortedSet.of(), initial));
        IOException full = assertThrows(IOException.class, audit::finish);
        assertTrue(full.getMessage().startsWith("/dev/full"), full::toString);
    }

    /** Whenever it is that the observer meets it: while the run goes on, or when it closes. */
    @Test
    void aDiskThatIsFullWhileTracingIsNamed() {
        assertEquals(2, run("run", "--messages=20000", "--no-audit", "--trace=/dev/full"));
        assertTrue(err.toString().startsWith("chandy-lamport: /dev/full ("), err.toString());
        assertEquals(1, err.toString().strip().lines().count(), err.toString());
    }

    @ParameterizedTest
    @CsvSource({"diffusing,termination", "locks,deadlock", "bank,termination",
        "tokens,termination", "transactions,termination"})
    void aStablePropertyIsDetectedAndEndsTheRun(String app, String property) {
        assertEquals(0, run("run", "--app", app, "--detect", property, "--messages", "9000"),
                err::toString);
        assertTrue(out.toString().contains(property + " detected in snapshot "), out.toString());
    }

    @Test
    void whatDoesNotComeTrueIsNotDetected() {
        assertEquals(0, run("run", "--app=tokens", "--detect=loss", "--messages=2000"));
        assertTrue(out.toString().contains("no loss: the app has come to its end"),
                out.toString());
    }

    @Test
    void aTokenThatIsLostIsMissed() throws Exception {
        assertEquals(1, run("run", "--app=tokens", "--bug", "--messages=2000", "--json"));
        JsonNode detect = JsonMapper.builder().build().readTree(out.toString()).get("detect");
        assertEquals("loss", detect.get("property").asText());
        assertEquals("there are 127 tokens, not 128", detect.get("witness").asText());
    }

    @Test
    void aCommitProtocolWithABugIsRefutedBySnapshotsThatAreConsistent() {
        assertEquals(1, run("run", "--app=transactions", "--bug", "--snapshots=40"));
        assertTrue(out.toString().contains("that is no stage of a two-phase commit"),
                out.toString());
        assertTrue(out.toString().contains("40 of 40 snapshots are consistent"), out.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --detect deadlock | --detect deadlock: of bank there can be detected: termination
            --detect termination --every 5 | --every and --detect exclude each other
            --app locks --every 5 | --every cannot be chosen: this app may never come to its end
            --app locks --topology ring | --app locks cannot run on this --topology
            --bug | --bug: there is none for --app bank
            --watch --json | --watch and --json exclude each other
            --every 0 | --every is at least 1, not 0
            """)
    void whatDoesNotFitTogetherIsNamed(String arguments, String sentence) {
        assertEquals(2, run(("run " + arguments).split(" ")));
        assertTrue(err.toString().contains(sentence), err.toString());
        assertEquals(1, err.toString().strip().lines().count(), err.toString());
        assertEquals("", out.toString());
    }

    @Test
    void aTraceThatCannotBeWrittenIsNamed() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertEquals(2, run("run", "--trace", file.resolve("t.ndjson").toString()));
        assertTrue(err.toString().contains("file"), err.toString());
        assertEquals(1, err.toString().strip().lines().count(), err.toString());
    }
}
