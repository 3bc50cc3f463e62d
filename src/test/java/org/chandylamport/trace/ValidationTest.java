package org.chandylamport.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chandylamport.ThreadedRun;
import org.chandylamport.app.RandomSystem;
import org.chandylamport.app.RandomSystem.Letter;
import org.chandylamport.app.RandomSystem.Memory;
import org.chandylamport.model.Event;
import org.chandylamport.model.Snapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real threads do what the specification allows; a damaged trace does not. */
class ValidationTest {

    private static final int RUNS = 25;

    private static final List<String> TRACE = List.of(
            "{'format':'chandy-lamport-trace','version':1,'processes':{'p':100,'q':100},"
                    + "'channels':{'p->q':{'from':'p','to':'q'},"
                    + "'q->p':{'from':'q','to':'p','messages':[7]}}}",
            "{'action':'Send','process':'p','channel':'p->q','message':5,'state':95}",
            "{'action':'RecordState','process':'p','snapshot':1}",
            "{'action':'Receive','process':'p','channel':'q->p','message':7,'state':102}",
            "{'action':'Receive','process':'q','channel':'p->q','message':5,'state':105}",
            "{'action':'RecordState','process':'q','snapshot':1}",
            "{'action':'ReceiveMarker','process':'q','channel':'p->q','snapshot':1}",
            "{'action':'ReceiveMarker','process':'p','channel':'q->p','snapshot':1}",
            "{'action':'Snapshot','snapshot':1,'initiators':['p'],"
                    + "'processes':{'p':95,'q':105},'channels':{'p->q':[],'q->p':[7]}}");

    @TempDir
    private Path folder;

    /** Eight systems of up to 12 processes, each run often: the threads differ. */
    @ParameterizedTest
    @CsvSource({"2,3", "3,4", "4,8", "5,5", "6,9", "8,8", "10,12", "12,16"})
    void theSpecificationAllowsWhatRealThreadsDo(int processes, int extra) throws Exception {
        RandomSystem system = RandomSystem.of(processes, extra, 3, 3, 41L * processes);
        List<LoggedTrace> traces = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            ThreadedRun run = ThreadedRun.of(system, system.initial(), 1 + i % 4);
            traces.add(written(run, folder.resolve("trace-" + i + ".ndjson")));
        }
        assertNull(Validation.validate(traces));
    }

    private static LoggedTrace written(ThreadedRun run, Path file) throws Exception {
        var computation = run.computation();
        try (TraceWriter<Memory, Letter> writer = new TraceWriter<>(
                file, computation.topology(), computation.initial())) {
            for (Event<Memory, Letter> event : computation.events()) {
                writer.event(event);
            }
            for (Snapshot<Memory, Letter> snapshot : run.snapshots()) {
                writer.snapshot(snapshot);
            }
        }
        return read(file);
    }

    private static LoggedTrace read(Path file) throws TraceException {
        try (TraceFiles files = new TraceFiles(List.of(file.toString()), ImmutableSet.of())) {
            LoggedTrace trace = new LoggedTrace(files.header());
            files.readInto(trace, lines -> {});
            return trace;
        }
    }

    private Validation.Rejection rejection(List<String> lines) throws IOException, TraceException {
        Path file = folder.resolve("damaged.ndjson");
        Files.write(file, lines.stream().map(line -> line.replace('\'', '"')).toList());
        return Validation.validate(List.of(read(file)));
    }

    @Test
    void theTraceThatIsDamagedBelowIsAllowed() throws Exception {
        assertNull(rejection(TRACE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "a message is received that was not sent | 4 | message':5 | message':6 | Receive[",
        "a state was not recorded | 8 | 'q':105 | 'q':100 | what snapshot 1 recorded",
        "a channel was not recorded | 8 | 'q->p':[7] | 'q->p':[] | what snapshot 1 recorded",
        "a message was recorded twice | 8 | [7] | [7,7] | what snapshot 1 recorded",
        "q is no initiator, p is not said to be | 8 | ['p'] | ['q'] | line 2 of p, RecordState",
        "a marker of another snapshot | 6 | 'snapshot':1 | 'snapshot':2 | line 2 of q, RecordState"
    })
    void aDamagedLineIsRejectedAtItself(
            String damage, int line, String original, String damaged, String where)
            throws Exception {
        List<String> lines = new ArrayList<>(TRACE);
        assertTrue(lines.get(line).contains(original), damage);
        lines.set(line, lines.get(line).replace(original, damaged));
        Validation.Rejection rejection = rejection(lines);
        assertTrue(rejection != null && rejection.explanation().contains(where),
                damage + ": " + rejection);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "the marker overtakes the message | 5,6,4 | 4,5,6 | line 2 of q, ReceiveMarker",
        "q does not record when the marker comes | 5 | | line 2 of q, ReceiveMarker",
        "p did not record, but its marker came | 2 | | line 3 of p, ReceiveMarker",
        "q records without a marker | 6 | | line 2 of q, RecordState"
    })
    void linesThatAreMissingOrMovedAreNoticed(
            String damage, String taken, String put, String where) throws Exception {
        List<String> lines = new ArrayList<>();
        List<String> out = List.of(taken.split(","));
        for (int i = 0; i < TRACE.size(); i++) {
            if (!out.contains(Integer.toString(i))) {
                lines.add(TRACE.get(i));
            }
            if (put != null && i == 3) {
                out.forEach(n -> lines.add(TRACE.get(Integer.parseInt(n))));
            }
        }
        Validation.Rejection rejection = rejection(lines);
        assertTrue(rejection != null && rejection.explanation().contains(where),
                damage + ": " + rejection);
    }

    @Test
    void theRejectionCountsTheLinesBeforeIt() throws Exception {
        List<String> lines = new ArrayList<>(TRACE);
        lines.remove(6);
        Validation.Rejection rejection = rejection(lines);
        assertEquals(0, rejection.trace());
        assertTrue(rejection.line() >= 3, rejection::toString);
    }
}
