package org.chandylamport.check;

import static org.chandylamport.check.AuditTest.assertOnly;
import static org.chandylamport.check.AuditTest.assertRefuted;
import static org.chandylamport.check.AuditTest.transit;
import static org.chandylamport.check.Story.P;
import static org.chandylamport.check.Story.PQ;
import static org.chandylamport.check.Story.Q;
import static org.chandylamport.check.Story.QP;
import static org.chandylamport.check.Story.audit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.chandylamport.check.Verdict.Outcome;
import org.chandylamport.check.Violation.Kind;
import org.junit.jupiter.api.Test;

/** What an audit decides of snapshots that were not completed, or given up. */
class UnfinishedTest {

    private static final String BEFORE = ", but the snapshot had been given up before (it took too"
            + " long), and too much was kept for such snapshots: ";

    @Test
    void aProcessThatDidNotRecordLeavesItIncomplete() {
        Verdict verdict = audit().record(P).marker(QP)
                .snapshot("p0", "q0", List.of(), List.of()).verdict();
        assertEquals(Outcome.INCOMPLETE, verdict.outcome());
        assertOnly(verdict, Kind.NOT_RECORDED, Q, "q did not record its state for snapshot 1, but"
                + " p received its marker along q->p");
    }

    @Test
    void anAbsentPartLeavesItIncomplete() {
        Verdict state = transit().part(Map.of(P, "p1"), Map.of(PQ, List.of("m1"), QP, List.of()))
                .verdict();
        assertEquals(Outcome.INCOMPLETE, state.outcome());
        assertOnly(state, Kind.NOT_RECORDED, Q, "holds a state for q");
        Verdict channel = transit()
                .part(Map.of(P, "p1", Q, "q0"), Map.of(PQ, List.of("m1"))).verdict();
        assertEquals(Outcome.INCOMPLETE, channel.outcome());
        assertOnly(channel, Kind.NOT_RECORDED, QP, "holds the messages of q->p");
    }

    @Test
    void withoutASnapshotLineItIsIncomplete() {
        Verdict verdict = transit().verdict();
        assertEquals(Outcome.INCOMPLETE, verdict.outcome());
        assertEquals(2, verdict.violations().size());
        assertTrue(verdict.violations().get(0).explanation().contains("but no Snapshot line"));
    }

    @Test
    void aWrongPartWeighsMoreThanAnAbsentOne() {
        Verdict verdict = transit().part(Map.of(P, "p7"), Map.of()).verdict();
        assertEquals(Outcome.INCONSISTENT, verdict.outcome());
        assertEquals(Kind.PROCESS_STATE, verdict.violations().get(0).kind());
    }

    @Test
    void whatWasGivenUpClaimsNothing() {
        Verdict line = audit().record(P).aborted().verdict();
        assertEquals(Outcome.ABORTED, line.outcome());
        assertEquals(List.of(), line.violations());
        Verdict event = audit().record(P).abandon(P).verdict();
        assertEquals(Outcome.ABORTED, event.outcome());
        assertTrue(audit().record(P).aborted().finish().isClean());
    }

    @Test
    void nothingIsHeldAgainstAnAbortedSnapshot() {
        assertEquals(Outcome.ABORTED, audit().record(P).record(P).aborted().verdict().outcome());
        Verdict abandoned = audit().record(P).record(P).abandon(Q).verdict();
        assertEquals(Outcome.INCONSISTENT, abandoned.outcome());
    }

    @Test
    void aSnapshotLineCountsAlsoAfterAnAbortedLine() {
        Verdict verdict = transit().aborted()
                .snapshot("p1", "q0", List.of("m1"), List.of(), P, Q).verdict();
        assertEquals(Outcome.CONSISTENT, verdict.outcome(), verdict::toString);
    }

    @Test
    void anAbortedLineMayComeBeforeAllElse() {
        Verdict verdict = audit().aborted().send(PQ, "m1", "p1").record(Q)
                .receive(PQ, "m1", "q1").muchHappens().record(P)
                .snapshot("p", "q0", List.of("m1"), List.of()).verdict();
        assertEquals(Outcome.CONSISTENT, verdict.outcome(), verdict::toString);
    }

    @Test
    void whatDoesNotCrossTheCutNeedNotBeKept() {
        Verdict verdict = audit().record(Q).aborted().record(P)
                .snapshot("p0", "q0", List.of(), List.of()).verdict();
        assertEquals(Outcome.CONSISTENT, verdict.outcome(), verdict::toString);
    }

    @Test
    void anAbortedLineBetweenTheRecordStateLinesChangesNothing() {
        Verdict right = audit().send(PQ, "m1", "p1").record(Q).aborted()
                .receive(PQ, "m1", "q1").record(P)
                .snapshot("p1", "q0", List.of("m1"), List.of()).verdict();
        assertEquals(Outcome.CONSISTENT, right.outcome(), right::toString);
        Verdict wrong = audit().send(PQ, "m1", "p1").record(Q).aborted()
                .receive(PQ, "m1", "q1").record(P)
                .snapshot("p1", "q0", List.of("m2"), List.of()).verdict();
        assertRefuted(wrong, Kind.CHANNEL_STATE, PQ, "holds m2 as message 1 of p->q");
    }

    @Test
    void anAbandonLineBeforeTheRecordStateLineChangesNothing() {
        Verdict verdict = audit().abandon(P).send(PQ, "m1", "p1").record(Q).abandon(Q)
                .receive(PQ, "m1", "q1").record(P)
                .snapshot("p1", "q0", List.of("m1"), List.of()).verdict();
        assertEquals(Outcome.CONSISTENT, verdict.outcome(), verdict::toString);
    }

    @Test
    void whereNobodyRecordedTheReasonIsWhatSpeaksOfTheSnapshot() {
        Verdict claimed = audit().snapshot("p0", "q0", List.of(), List.of()).verdict();
        assertEquals(List.of(
                "p did not record its state for snapshot 1, but a Snapshot line claims it",
                "q did not record its state for snapshot 1, but a Snapshot line claims it"),
                claimed.violations().stream().map(Violation::explanation).toList());
        Verdict marker = audit().marker(PQ).verdict();
        assertEquals(List.of(
                "p did not record its state for snapshot 1, but q received its marker along p->q",
                "q did not record its state for snapshot 1"),
                marker.violations().stream().map(Violation::explanation).toList());
    }

    @Test
    void whatWasTooMuchToKeepForASnapshotThatWasGivenUpIsNotAccepted() {
        Verdict verdict = Story.auditKeeping(0).send(PQ, "m1", "p1").record(Q).aborted()
                .muchHappens().receive(PQ, "m1", "q1").record(P)
                .snapshot("p", "q0", List.of("m1"), List.of()).verdict();
        assertEquals(Outcome.INCOMPLETE, verdict.outcome());
        assertEquals(List.of(
                "messages of p->q" + BEFORE + "what crosses the cut was not kept",
                "messages of q->p" + BEFORE + "what crosses the cut was not kept",
                "a state for p" + BEFORE + "its state at the cut was not kept",
                "a state for q" + BEFORE + "its state at the cut was not kept"),
                verdict.violations().stream().map(Violation::explanation)
                        .map(text -> text.replaceFirst("a Snapshot line holds ", "")).toList());
    }

    @Test
    void whatWasTooMuchToKeepIsNotMissedByAnAbortedSnapshot() {
        for (Story story : List.of(Story.auditKeeping(0).record(Q).aborted(),
                Story.auditKeeping(0).record(Q).abandon(P))) {
            assertEquals(Outcome.ABORTED, story.muchHappens().record(P).verdict().outcome());
        }
    }

    @Test
    void aProcessThatGaveItUpAndDidNotRecordHasNoPartInIt() {
        Verdict verdict = audit().record(P).abandon(Q)
                .snapshot("p0", "q0", List.of(), List.of()).verdict();
        assertEquals(Outcome.INCOMPLETE, verdict.outcome());
        assertOnly(verdict, Kind.NOT_RECORDED, Q, "q gave up snapshot 1, but p recorded");
    }
}
