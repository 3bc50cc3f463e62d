package org.chandylamport.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.chandylamport.check.Audit;
import org.chandylamport.check.Report;
import org.chandylamport.model.Event;
import org.chandylamport.model.Snapshot;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Events a second: of the audit, in memory and from a file, and of writing a trace; beside going
 * through the events, parsing the same bytes with Jackson, and copying them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TraceBenchmark {

    private static final int MESSAGES = 100_000;
    private static final JsonFactory JSON = new JsonFactory();

    private Recorded recorded;
    private Path folder;
    private Path trace;

    /** How many events were dealt with. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Done {
        public long events;
    }

    @Setup(Level.Trial)
    public void record() throws IOException {
        recorded = Recorded.of(MESSAGES);
        folder = Files.createTempDirectory("trace-benchmark");
        trace = folder.resolve("trace.ndjson");
        write(trace);
    }

    private void write(Path target) throws IOException {
        try (TraceWriter<Integer, Integer> writer =
                new TraceWriter<>(target, recorded.topology(), recorded.initial())) {
            for (Event<Integer, Integer> event : recorded.events()) {
                writer.event(event);
            }
            for (Snapshot<Integer, Integer> snapshot : recorded.snapshots()) {
                writer.snapshot(snapshot);
            }
        }
    }

    @TearDown(Level.Trial)
    public void delete() throws IOException {
        for (String file : List.of("trace.ndjson", "again.ndjson", "copy.ndjson")) {
            Files.deleteIfExists(folder.resolve(file));
        }
        Files.delete(folder);
    }

    @Benchmark
    public Report auditInMemory(Done done) {
        Audit<Integer, Integer> audit =
                new Audit<>(recorded.topology(), recorded.initial(), recorded.lost());
        recorded.events().forEach(audit::event);
        recorded.snapshots().forEach(audit::snapshot);
        done.events += recorded.events().size();
        return requireClean(audit.finish());
    }

    @Benchmark
    public Report auditFile(Done done) throws TraceException {
        try (TraceFiles files = new TraceFiles(List.of(trace.toString()), recorded.lost())) {
            Report report = files.readInto(new Audit<>(
                    files.header().topology(), files.header().initial(), recorded.lost()), n -> {});
            done.events += recorded.events().size();
            return requireClean(report);
        }
    }

    @Benchmark
    public void writeFile(Done done) throws IOException {
        write(folder.resolve("again.ndjson"));
        done.events += recorded.events().size();
    }

    @Benchmark
    public void goThroughInMemory(Done done, Blackhole blackhole) {
        recorded.events().forEach(blackhole::consume);
        done.events += recorded.events().size();
    }

    /** All names and values of the same bytes, and nothing made of them. */
    @Benchmark
    public void parseFile(Done done, Blackhole blackhole) throws IOException {
        try (JsonParser json = JSON.createParser(trace.toFile())) {
            for (JsonToken t = json.nextToken(); t != null; t = json.nextToken()) {
                if (t == JsonToken.VALUE_NUMBER_INT) {
                    blackhole.consume(json.getLongValue());
                } else if (t == JsonToken.FIELD_NAME || t == JsonToken.VALUE_STRING) {
                    blackhole.consume(json.getText());
                }
            }
        }
        done.events += recorded.events().size();
    }

    @Benchmark
    public void copyFile(Done done) throws IOException {
        Files.write(folder.resolve("copy.ndjson"), Files.readAllBytes(trace));
        done.events += recorded.events().size();
    }

    private static Report requireClean(Report report) {
        if (!report.isClean()) {
            throw new IllegalStateException("the audit refutes a correct run: " + report);
        }
        return report;
    }
}
