package org.chandylamport.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chandylamport.check.Audit;
import org.chandylamport.check.Report;
import org.chandylamport.model.Event;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an audit keeps does not grow with the length of the trace, or is limited. */
class LargeTraceTest {

    private static final int PROCESSES = 8;
    private static final int EVENTS = 300_000;
    private static final int BOUND = 1_000;

    @TempDir Path folder;

    @Test
    void oneFileThatInterleavesNeedsBoundedMemory() throws Exception {
        assertBounded(write(folder, EVENTS, false));
    }

    @Test
    void oneFileForEachProcessNeedsBoundedMemory() throws Exception {
        assertBounded(write(folder, EVENTS, true));
    }

    @Test
    void oneLogAfterAnotherIsRefusedPastTheLimitAndTheErrorSaysHowToSplitIt() throws Exception {
        Path whole = folder.resolve("whole");
        for (String file : write(folder, EVENTS, true)) {
            List<String> lines = Files.readAllLines(Path.of(file));
            boolean isFirst = Files.notExists(whole);
            Files.write(whole, isFirst ? lines : lines.subList(1, lines.size()),
                    StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        List<String> files = List.of(whole.toString());
        try (TraceFiles trace = new TraceFiles(files, Set.of(), 1_000)) {
            TraceException e = assertThrows(TraceException.class,
                    () -> trace.readInto(audit(trace.header()), lines -> {}));
            assertTrue(e.getMessage().endsWith(", which come later: write one file a process and"
                    + " name them all, or write the lines in the order in which they happened"),
                    e.getMessage());
        }
        try (TraceFiles trace = new TraceFiles(files, Set.of(), EVENTS)) {
            assertTrue(trace.readInto(audit(trace.header()), lines -> {}).isClean());
        }
    }

    @Test
    void aTraceThatIsTooLongToHoldHasAVerdictButNoConstruction() throws Exception {
        List<String> files = write(folder, 10_000, false);
        for (int limit : new int[] {1_000, 100_000}) {
            try (TraceFiles trace = new TraceFiles(files, Set.of())) {
                Witnesses oracle = new Witnesses(
                        audit(trace.header()), trace.header(), limit, Long.MAX_VALUE);
                Report report = trace.readInto(oracle, lines -> {});
                assertTrue(report.isClean());
                assertEquals(limit == 1_000, oracle.isTooLong());
                assertEquals(limit == 1_000 ? 0 : report.snapshots().size(),
                        oracle.constructions(report).size());
            }
        }
    }

    @Test
    void constructionsAreAsManyAsTheEventsThatMayBeReplayedAllow() throws Exception {
        try (TraceFiles trace = new TraceFiles(write(folder, 20_000, false), Set.of())) {
            Witnesses oracle = new Witnesses(
                    audit(trace.header()), trace.header(), 100_000, 70_000);
            Report report = trace.readInto(oracle, lines -> {});
            assertTrue(report.snapshots().size() > 3);
            assertEquals(70_000 / report.events(), oracle.constructions(report).size());
        }
    }

    private static Audit<JsonNode, JsonNode> audit(Header header) {
        return new Audit<>(header.topology(), header.initial(), Set.of());
    }

    private static void assertBounded(List<String> files) throws TraceException {
        try (TraceFiles trace = new TraceFiles(files, Set.of())) {
            Audit<JsonNode, JsonNode> audit = audit(trace.header());
            long[] most = new long[1];
            Report report = trace.readInto(audit,
                    lines -> most[0] = Math.max(most[0], audit.retained()));
            assertTrue(report.isClean());
            assertTrue(report.events() >= EVENTS);
            assertTrue(report.snapshots().size() > 10);
            assertTrue(most[0] > 0 && most[0] < BOUND, most[0] + " events and messages kept");
        }
    }

    /** Writes a trace of this length, by hand too: folder, events, whether a file a process. */
    public static void main(String[] args) throws Exception {
        write(Path.of(args[0]), Long.parseLong(args[1]), Boolean.parseBoolean(args[2]));
    }

    private static List<String> write(Path folder, long events, boolean isFileEach)
            throws Exception {
        RandomTrace trace = new RandomTrace(1, PROCESSES, 5_000);
        Map<ProcessId, TraceWriter<Integer, Integer>> writers = new HashMap<>();
        List<TraceWriter<Integer, Integer>> all = new ArrayList<>();
        List<String> files = new ArrayList<>();
        for (ProcessId p : trace.topology.processes()) {
            if (isFileEach || all.isEmpty()) {
                Path file = folder.resolve(isFileEach ? p + ".ndjson" : "trace.ndjson");
                all.add(new TraceWriter<>(file, trace.topology, trace.initial));
                files.add(file.toString());
            }
            writers.put(p, all.get(all.size() - 1));
        }
        trace.run(events, new RandomTrace.Sink() {
            @Override
            public void event(Event<Integer, Integer> event) throws IOException {
                writers.get(event.process()).event(event);
            }

            @Override
            public void snapshot(Snapshot<Integer, Integer> snapshot) throws IOException {
                all.get(0).snapshot(snapshot);
            }
        });
        for (TraceWriter<Integer, Integer> writer : all) {
            writer.close();
        }
        assertEquals(isFileEach ? PROCESSES : 1, files.size());
        return files;
    }
}
