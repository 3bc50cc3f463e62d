package org.chandylamport.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.chandylamport.check.Audit;
import org.chandylamport.check.BlackBox;
import org.chandylamport.check.Report;
import org.chandylamport.model.Event;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;

/** What holds of every trace. */
class TraceProperties {

    @Property(tries = 50)
    void whatIsWrittenIsRead(@ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int size)
            throws Exception {
        Recorded run = new Recorded(seed, size, 100);
        List<TraceLine> lines = new ArrayList<>();
        try (TraceReader reader = TraceReader.of(
                new ByteArrayInputStream(run.whole()), new SnapshotNames(), Set.of())) {
            assertEquals(run.trace.topology, reader.header().topology());
            assertEquals(run.trace.initial.toString(), reader.header().initial().toString());
            for (TraceLine line = reader.read(); line != null; line = reader.read()) {
                lines.add(line);
            }
        }
        assertEquals(run.lines.size(), lines.size());
        for (int i = 0; i < lines.size(); i++) {
            assertEquals(run.lines.get(i).toString(), shown(lines.get(i)));
        }
    }

    @Property(tries = 50)
    void everyArrangementOfALogHasTheSameCleanVerdict(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int size) throws Exception {
        Recorded run = new Recorded(seed, size, 300);
        Path folder = Files.createTempDirectory("trace");
        List<String> files = new ArrayList<>();
        StringBuilder oneAfterAnother = new StringBuilder(run.header);
        for (String log : run.logs.values()) {
            files.add(write(folder, "log" + files.size(), run.header + log));
            oneAfterAnother.append(log);
        }
        String expected = audit(List.of(write(folder, "whole", run.text.toString())));
        assertTrue(expected.contains("\"verdict\":\"consistent\""), expected);
        assertTrue(!expected.contains("\"verdict\":\"in"), expected);
        assertEquals(expected, audit(files));
        assertEquals(expected, audit(List.of(write(folder, "after", oneAfterAnother.toString()))));
        try (var written = Files.list(folder)) {
            for (Path file : written.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static String audit(List<String> files) throws TraceException {
        try (TraceFiles trace = new TraceFiles(files, Set.of())) {
            Header header = trace.header();
            Witnesses oracle = new Witnesses(header.cutsUnlogged()
                    ? new BlackBox<>(header.topology(), header.initial(), Set.of())
                    : new Audit<>(header.topology(), header.initial(), Set.of()), header);
            Report report = trace.readInto(oracle, lines -> {});
            AuditReport result =
                    new AuditReport(report, trace.snapshots(), oracle.constructions(report));
            assertTrue(!result.text().isEmpty());
            assertEquals(report.isClean(), result.isClean());
            return result.json().toString();
        }
    }

    private static String write(Path folder, String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static String shown(TraceLine line) {
        return line instanceof TraceLine.EventLine event
                ? event.event().toString()
                : ((TraceLine.SnapshotLine) line).part().toString();
    }

    /** A random run: what happened, and the trace of it, whole and by process. */
    private static final class Recorded implements RandomTrace.Sink {
        final RandomTrace trace;
        final List<Object> lines = new ArrayList<>();
        final StringBuilder text = new StringBuilder();
        final Map<ProcessId, String> logs = new TreeMap<>();
        final String header;

        Recorded(long seed, int size, int steps) throws Exception {
            trace = new RandomTrace(seed, size, 40);
            Path file = Files.createTempFile("trace", ".ndjson");
            try (TraceWriter<Integer, Integer> writer =
                    new TraceWriter<>(file, trace.topology, trace.initial)) {
                trace.run(steps, this);
                for (Object line : lines) {
                    write(line, writer);
                }
            }
            List<String> written = Files.readAllLines(file);
            Files.delete(file);
            header = written.get(0) + "\n";
            written.forEach(line -> text.append(line).append('\n'));
            for (int i = 0; i < lines.size(); i++) {
                ProcessId p = lines.get(i) instanceof Event<?, ?> event
                        ? event.process() : trace.topology.processes().first();
                logs.merge(p, written.get(i + 1) + "\n", String::concat);
            }
        }

        byte[] whole() {
            return text.toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void event(Event<Integer, Integer> event) {
            lines.add(event);
        }

        @Override
        public void snapshot(Snapshot<Integer, Integer> snapshot) {
            lines.add(snapshot);
        }

        @SuppressWarnings("unchecked")
        private static void write(Object line, TraceWriter<Integer, Integer> writer)
                throws IOException {
            if (line instanceof Event<?, ?>) {
                writer.event((Event<Integer, Integer>) line);
            } else {
                writer.snapshot((Snapshot<Integer, Integer>) line);
            }
        }
    }
}
