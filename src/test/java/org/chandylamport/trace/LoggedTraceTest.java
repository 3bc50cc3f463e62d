package org.chandylamport.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.chandylamport.model.Event;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the specification is given of a trace, word for word; ValidationTest asks TLC. */
class LoggedTraceTest {

    private static final String SEND =
            "{'action':'Send','process':'p','channel':'p->q','message':5,'state':95}\n";
    private static final String P_RECORDS =
            "{'action':'RecordState','process':'p','snapshot':1}\n";
    private static final String Q_RECORDS =
            "{'action':'RecordState','process':'q','snapshot':1}\n";
    private static final String P_MARKER =
            "{'action':'ReceiveMarker','process':'p','channel':'q->p','snapshot':1}\n";
    private static final String Q_MARKER =
            "{'action':'ReceiveMarker','process':'q','channel':'p->q','snapshot':1}\n";
    private static final String RECEIVE =
            "{'action':'Receive','process':'q','channel':'p->q','message':5,'state':105}\n";
    private static final String SNAPSHOT = "{'action':'Snapshot','snapshot':1,'initiators':['p'],"
            + "'processes':{'p':95,'q':105},'channels':{'p->q':[],'q->p':[5]}}\n";

    private static final String MORE = "{'action':'Internal','process':'p','state':1}\n"
            + "{'action':'Abandon','process':'q','snapshot':2}\n";

    @TempDir Path folder;

    /** Numbers are those of processes, channels and snapshots in order, of values as they come. */
    @Test
    void theModuleHasEveryTraceWithItsLinesLogsAndValues() throws Exception {
        TracesModule module = new TracesModule(List.of(
                read(SEND + P_RECORDS + RECEIVE + Q_RECORDS + Q_MARKER + P_MARKER + MORE
                        + SNAPSHOT),
                read(Q_RECORDS + "{'action':'Snapshot','snapshot':1,'processes':{}}\n")));
        assertEquals("""
                ---- MODULE Traces ----
                EXTENDS Naturals, Sequences
                Ends == <<<<1,2>>,
                <<2,1>>>>
                Trace == <<[initially |-> <<<<>>,
                <<3>>>>,
                 log |-> <<<<[action |-> "Send", channel |-> 1, message |-> 3],
                [action |-> "Internal"]>>,
                <<[action |-> "Receive", channel |-> 1, message |-> 3]>>>>,
                 values |-> <<<<4,
                1,
                5>>,
                <<4,
                2>>>>,
                 initiators |-> <<{1},
                {1,2}>>,
                 lines |-> <<[action |-> "Send", channel |-> 1],
                [action |-> "RecordState", process |-> 1, snapshot |-> 1],
                [action |-> "Receive", channel |-> 1],
                [action |-> "ReceiveMarker", channel |-> 1, snapshot |-> 1, records |-> TRUE],
                [action |-> "ReceiveMarker", channel |-> 2, snapshot |-> 1, records |-> FALSE],
                [action |-> "Internal", process |-> 1],
                [action |-> "Abandon", process |-> 2, snapshot |-> 2],
                [action |-> "Snapshot", snapshot |-> 1, states |-> [x \\in {1,2} |-> CASE x = 1 \
                -> 1
                 [] x = 2 -> 2], contents |-> [x \\in {1,2} |-> CASE x = 1 -> <<>>
                 [] x = 2 -> <<3>>]]>>],
                [initially |-> <<<<>>,
                <<3>>>>,
                 log |-> <<<<>>,
                <<>>>>,
                 values |-> <<<<4>>,
                <<4>>>>,
                 initiators |-> <<{1,2},
                {1,2}>>,
                 lines |-> <<[action |-> "RecordState", process |-> 2, snapshot |-> 1],
                [action |-> "Snapshot", snapshot |-> 1, states |-> <<>>, contents |-> <<>>]>>]>>
                ====
                """, module.text());
    }

    @Test
    void aLineInWordsSaysWhichOfItsProcessItIs() throws Exception {
        TracesModule module = new TracesModule(List.of(
                read(P_RECORDS), read(SEND + RECEIVE + Q_RECORDS + SNAPSHOT)));
        assertEquals(
                List.of("line 1 of p, Send[channel=p->q, message=5, state=95, sameStep=false]",
                        "line 1 of q, Receive[channel=p->q, message=5, state=105]",
                        "line 2 of q, RecordState[process=q, snapshot=1]",
                        "what snapshot 1 recorded: {p=95, q=105 | q->p=[5]}",
                        "there is no line after the last"),
                IntStream.range(0, 5).mapToObj(line -> module.words(1, line)).toList());
    }

    @Test
    void messagesAndMarkersAreSentBeforeTheyAreReceived() throws Exception {
        assertEquals(List.of("1 p Send", "1 q Receive", "2 p RecordState", "3 q ReceiveMarker",
                        "records", "3 p ReceiveMarker"),
                ordered(RECEIVE + Q_RECORDS + Q_MARKER + SEND + P_RECORDS + P_MARKER + SNAPSHOT));
    }

    @Test
    void whoLearnsOfASnapshotByAMarkerSendsMarkersToo() throws Exception {
        assertEquals(List.of("1 p Receive", "2 p RecordState", "2 q ReceiveMarker", "records",
                        "3 p ReceiveMarker", "3 q Internal"),
                ordered("{'action':'Receive','process':'p','channel':'q->p','message':5}\n"
                        + P_RECORDS + P_MARKER + Q_RECORDS + Q_MARKER
                        + "{'action':'Internal','process':'q','state':1}\n" + SNAPSHOT));
    }

    @Test
    void whatNobodySentIsInTheOrderAllTheSame() throws Exception {
        assertEquals(List.of("1 p Abandon", "1 q Receive"),
                ordered(RECEIVE + "{'action':'Abandon','process':'p','snapshot':1}\n"));
    }

    /** Such a RecordState and the ReceiveMarker after it are two steps. */
    @Test
    void whoMayHaveInitiatedOrRecordedAnotherSnapshotDidNotLearnOfItByTheMarker()
            throws Exception {
        List<String> apart = List.of("1 q RecordState", "1 p RecordState", "2 p ReceiveMarker");
        assertEquals(apart, ordered(Q_RECORDS + P_RECORDS + P_MARKER + SNAPSHOT));
        assertEquals(apart, ordered(Q_RECORDS + P_RECORDS + P_MARKER));
        assertEquals(apart, ordered(Q_RECORDS + P_RECORDS.replace("1", "2") + P_MARKER
                + SNAPSHOT.replace("['p']", "['q']")));
        assertEquals(List.of("1 q RecordState", "2 p ReceiveMarker", "records"),
                ordered(Q_RECORDS + P_RECORDS + P_MARKER + SNAPSHOT.replace("['p']", "['q']")));
    }

    @Test
    void noMoreLinesAreKeptThanTlcTakesButAllAreCounted() throws Exception {
        LoggedTrace trace = read("");
        Event<JsonNode, JsonNode> event =
                new Event.Internal<>(new ProcessId("p"), IntNode.valueOf(1));
        for (int i = 0; i <= Validation.LIMIT; i++) {
            assertEquals(i, trace.retained());
            trace.event(event);
        }
        assertEquals(Validation.LIMIT, trace.retained());
        assertEquals(Validation.LIMIT + 1, trace.finish().events());
        assertEquals(0, trace.pending());
        assertEquals(0, trace.inTransitTo(new ProcessId("q")));
    }

    @Test
    void tracesOfAnotherTopologyAreRefused() throws Exception {
        LoggedTrace one = read(SEND);
        LoggedTrace other = new LoggedTrace(new Header(
                new Topology(List.of(), List.of()), GlobalState.of(Map.of(), Map.of()), false));
        assertThrows(IllegalArgumentException.class,
                () -> new TracesModule(List.of(one, other)));
    }

    private List<String> ordered(String lines) throws Exception {
        List<String> steps = new ArrayList<>();
        for (LoggedTrace.Step step : read(lines).ordered()) {
            steps.add(step.number() + " " + step.event().process() + " "
                    + step.event().getClass().getSimpleName());
            if (step.records()) {
                steps.add("records");
            }
        }
        return steps;
    }

    private LoggedTrace read(String lines) throws Exception {
        Path file = folder.resolve("trace");
        Files.write(file, TraceReaderTest.bytes(TraceReaderTest.HEADER + lines));
        try (TraceFiles files = new TraceFiles(List.of(file.toString()), Set.of())) {
            LoggedTrace trace = new LoggedTrace(files.header());
            files.readInto(trace, read -> {});
            return trace;
        }
    }
}
