package org.chandylamport.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.chandylamport.check.Report;
import org.chandylamport.check.Theorem1;
import org.chandylamport.check.Verdict;
import org.chandylamport.check.Violation;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Computation;
import org.chandylamport.model.Event;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.junit.jupiter.api.Test;

/** How the result of an audit is shown. */
class AuditReportTest {

    private static final ProcessId P = new ProcessId("p");
    private static final ProcessId Q = new ProcessId("q");
    private static final Channel PQ = Channel.between(P, Q);
    private static final Violation ORPHAN = new Violation(
            Violation.Kind.ORPHAN_MESSAGE, Q, PQ, 3, "snapshot 1 has an orphan");
    private static final Violation SPARSE = new Violation(
            Violation.Kind.UNREACHABLE, null, null, 0, "snapshot 1 is unreachable");
    private static final Theorem1<JsonNode, JsonNode> REFUTED =
            new Theorem1.Refutation<>(ORPHAN);

    @Test
    void aViolationHasWhatItIsAboutAndNothingElse() {
        Verdict verdict = verdict(1, Verdict.Outcome.INCONSISTENT, Map.of(P, 2L), List.of(
                ORPHAN, SPARSE), List.of("snapshot 1 holds what is lost"));
        assertEquals("{'events':9,'trace':{'verdict':'faulty','violations':["
                + "{'kind':'unreachable','explanation':'snapshot 1 is unreachable'}]},'snapshots':"
                + "[{'snapshot':1,'verdict':'inconsistent','cut':{'p':2},'violations':["
                + "{'kind':'orphan-message','channel':'p->q','message':3,'process':'q',"
                + "'explanation':'snapshot 1 has an orphan'},"
                + "{'kind':'unreachable','explanation':'snapshot 1 is unreachable'}],"
                + "'assumptions':['snapshot 1 holds what is lost'],"
                + "'witness':{'refuted':'snapshot 1 has an orphan'}}]}",
                report(9, List.of(SPARSE), Map.of(1L, REFUTED), verdict).json().toString()
                        .replace('"', '\''));
        assertEquals(List.of("snapshot 1: inconsistent, cut after p 2",
                "  orphan-message: snapshot 1 has an orphan",
                "  unreachable: snapshot 1 is unreachable",
                "  assuming that snapshot 1 holds what is lost",
                "  Theorem 1 is refuted: snapshot 1 has an orphan",
                "the trace is faulty: it is no computation over reliable FIFO channels",
                "  unreachable: snapshot 1 is unreachable",
                "9 events; the trace is faulty; 1 snapshot: 1 inconsistent"),
                report(9, List.of(SPARSE), Map.of(1L, REFUTED), verdict).text());
    }

    @Test
    void sentencesHaveTheNameThatTheTraceGaveTheSnapshot() {
        SnapshotNames names = new SnapshotNames();
        SnapshotId id = names.id(TextNode.valueOf("noon"));
        Violation violation = new Violation(
                Violation.Kind.UNREACHABLE, null, null, 0, "snapshot " + id + " is not");
        Verdict verdict = verdict(id.number(), Verdict.Outcome.INCONSISTENT, Map.of(),
                List.of(violation), List.of("snapshot " + id + " is"));
        AuditReport report = new AuditReport(
                new Report(1, ImmutableList.of(), ImmutableList.of(verdict)), names,
                ImmutableSortedMap.of());
        assertEquals(List.of("snapshot \"noon\": inconsistent",
                "  unreachable: snapshot \"noon\" is not",
                "  assuming that snapshot \"noon\" is",
                "1 event; the trace is valid; 1 snapshot: 1 inconsistent"), report.text());
        JsonNode json = report.json().at("/snapshots/0");
        assertEquals("noon", json.at("/snapshot").textValue());
        assertEquals("snapshot \"noon\" is not", json.at("/violations/0/explanation").textValue());
        assertEquals("snapshot \"noon\" is", json.at("/assumptions/0").textValue());
    }

    @Test
    void theLastLineCountsEachOutcome() {
        assertEquals(List.of("1,000 events; the trace is valid; 0 snapshots"),
                report(1000, List.of(), Map.of()).text());
        List<String> text = report(0, List.of(), Map.of(),
                verdict(1, Verdict.Outcome.ABORTED, Map.of(), List.of(), List.of()),
                verdict(2, Verdict.Outcome.CONSISTENT, Map.of(), List.of(), List.of()),
                verdict(3, Verdict.Outcome.CONSISTENT, Map.of(), List.of(), List.of())).text();
        assertEquals("0 events; the trace is valid; 3 snapshots: 2 consistent, 1 aborted",
                text.get(3));
    }

    @Test
    void aCutOfManyProcessesIsSummedUp() {
        Map<ProcessId, Long> cut = new TreeMap<>();
        for (int i = 1; i <= 8; i++) {
            cut.put(new ProcessId("p" + i), 1L);
        }
        assertEquals("snapshot 1: consistent, cut after p1 1, p2 1, p3 1, p4 1, p5 1, p6 1, p7 1,"
                + " p8 1", consistent(cut));
        cut.put(new ProcessId("p9"), 2L);
        assertEquals("snapshot 1: consistent, cut after 10 events of 9 processes", consistent(cut));
    }

    private static String consistent(Map<ProcessId, Long> cut) {
        return report(0, List.of(), Map.of(),
                verdict(1, Verdict.Outcome.CONSISTENT, cut, List.of(), List.of())).text().get(0);
    }

    @Test
    void aRefutedTheoremIsNotClean() {
        Verdict verdict =
                verdict(1, Verdict.Outcome.CONSISTENT, Map.of(), List.of(), List.of());
        assertTrue(report(0, List.of(), Map.of(1L, witness(1, 1)), verdict).isClean());
        assertFalse(report(0, List.of(), Map.of(1L, REFUTED), verdict).isClean());
        assertFalse(report(0, List.of(SPARSE), Map.of(), verdict).isClean());
    }

    @Test
    void aWitnessOfFewEventsIsShownWhole() {
        Theorem1<JsonNode, JsonNode> witness = new Theorem1.Witness<>(new Computation<>(
                new Topology(List.of(P, Q), List.of(PQ)), GlobalState.of(Map.of(), Map.of()),
                ImmutableList.of(
                        new Event.Send<>(PQ, IntNode.valueOf(5), IntNode.valueOf(1), false),
                        new Event.Receive<>(PQ, IntNode.valueOf(5), IntNode.valueOf(2)),
                        new Event.Internal<>(Q, IntNode.valueOf(3)),
                        new Event.RecordState<>(Q, new SnapshotId(1)))), 4);
        assertEquals(List.of(
                "Theorem 1: the permuted computation is in this global state after 4 of its 4"
                        + " events",
                "  p sends 5 along p->q", "  q receives 5 along p->q", "  q steps to 3",
                "  RecordState[process=q, snapshot=1]", "  ---- here"), WitnessText.lines(witness));
        assertEquals("{\"index\":4,\"events\":4}", WitnessText.json(witness).toString());
        List<String> expected = new ArrayList<>(Collections.nCopies(41, "  p steps to 0"));
        expected.set(0, "  ---- here");
        List<String> forty = WitnessText.lines(witness(40, 0));
        assertEquals(expected, forty.subList(1, forty.size()));
        assertEquals(List.of("Theorem 1: the permuted computation is in this global state after"
                + " 1,000 of its 1,041 events"), WitnessText.lines(witness(1041, 1000)));
        assertEquals(1, WitnessText.lines(witness(41, 0)).size());
    }

    private static Theorem1<JsonNode, JsonNode> witness(int events, int index) {
        return new Theorem1.Witness<>(new Computation<>(
                new Topology(List.of(P), List.of()), GlobalState.of(Map.of(), Map.of()),
                ImmutableList.copyOf(Collections.nCopies(
                        events, new Event.Internal<>(P, IntNode.valueOf(0))))), index);
    }

    private static Verdict verdict(long id, Verdict.Outcome outcome, Map<ProcessId, Long> cut,
            List<Violation> violations, List<String> assumptions) {
        return new Verdict(new SnapshotId(id), outcome, ImmutableSortedMap.copyOf(cut),
                ImmutableList.copyOf(violations), ImmutableList.copyOf(assumptions));
    }

    private static AuditReport report(long events, List<Violation> trace,
            Map<Long, Theorem1<JsonNode, JsonNode>> constructions, Verdict... verdicts) {
        ImmutableSortedMap.Builder<SnapshotId, Theorem1<JsonNode, JsonNode>> built =
                ImmutableSortedMap.naturalOrder();
        constructions.forEach((id, theorem) -> built.put(new SnapshotId(id), theorem));
        return new AuditReport(
                new Report(events, ImmutableList.copyOf(trace),
                        ImmutableList.copyOf(Arrays.asList(verdicts))),
                new SnapshotNames(), built.buildOrThrow());
    }
}
