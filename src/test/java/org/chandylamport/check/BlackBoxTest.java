package org.chandylamport.check;

import static org.chandylamport.check.Story.P;
import static org.chandylamport.check.Story.PQ;
import static org.chandylamport.check.Story.Q;
import static org.chandylamport.check.Story.QP;
import static org.chandylamport.check.Story.blackBox;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chandylamport.check.Verdict.Outcome;
import org.chandylamport.check.Violation.Kind;
import org.junit.jupiter.api.Test;

/** What is decided where the system does not log where it cuts. */
class BlackBoxTest {

    private static Story transfer(Story story) {
        return story.send(PQ, "m1", "p1").send(PQ, "m2", "p2").internal(P, "p1")
                .receive(PQ, "m1", "q1").receive(PQ, "m2", "q2");
    }

    @Test
    void theLeastCutIsNamed() {
        Verdict first = transfer(blackBox())
                .snapshot("p1", "q0", List.of("m1"), List.of()).verdict();
        assertEquals(Outcome.CONSISTENT, first.outcome());
        assertEquals(Map.of(P, 1L, Q, 0L), first.cut());
        Verdict second = transfer(blackBox())
                .snapshot("p1", "q1", List.of("m2"), List.of()).verdict();
        assertEquals(Map.of(P, 3L, Q, 1L), second.cut());
    }

    @Test
    void aChannelHasToFitAgainAfterAnotherMadeOneOfItsEndsAdvance() {
        Verdict received = blackBox().send(PQ, "m", "p0").send(PQ, "m", "p0")
                .internal(Q, "q0").internal(Q, "q0").receive(PQ, "m", "q0").send(QP, "n", "q0")
                .snapshot("p0", "q0", List.of("m"), List.of("n")).verdict();
        assertEquals(Map.of(P, 2L, Q, 4L), received.cut());
        Verdict sent = blackBox().send(QP, "n", "q1").internal(P, "p0").internal(P, "p0")
                .send(PQ, "m", "p0").receive(QP, "n", "p0").receive(PQ, "m", "q1")
                .snapshot("p0", "q1", List.of(), List.of()).verdict();
        assertEquals(Map.of(P, 4L, Q, 2L), sent.cut());
    }

    @Test
    void aStateThatNeverWasIsUnreachable() {
        Verdict verdict = transfer(blackBox()).snapshot("p9", "q0", List.of(), List.of()).verdict();
        AuditTest.assertRefuted(verdict, Kind.UNREACHABLE, P,
                "the snapshot holds p9 for p, but p is not in that state at any point of its log");
    }

    @Test
    void aStateThatIsNeverThereWithTheChannelIsUnreachable() {
        Verdict verdict = transfer(blackBox()).snapshot("p0", "q1", List.of(), List.of()).verdict();
        AuditTest.assertRefuted(verdict, Kind.UNREACHABLE, P, "p is not in that state after 1 or"
                + " more events, and with less the content of p->q is not what the snapshot holds");
    }

    @Test
    void messagesThatWereNeverInTransitTogetherAreUnreachable() {
        Verdict longer = transfer(blackBox())
                .snapshot("p1", "q0", List.of("m1", "m2", "m3"), List.of()).verdict();
        AuditTest.assertRefuted(longer, Kind.UNREACHABLE, PQ,
                "at the end of the log of p p has sent 2 messages along it");
        Verdict other = transfer(blackBox())
                .snapshot("p2", "q0", List.of("m2"), List.of()).verdict();
        assertEquals(Outcome.INCONSISTENT, other.outcome());
        assertEquals(Kind.UNREACHABLE, other.violations().get(0).kind());
    }

    @Test
    void noCutFallsInsideAStep() {
        Verdict verdict = blackBox().internal(P, "p1").sendInSameStep(PQ, "m1", "p1")
                .snapshot("p1", "q0", List.of(), List.of()).verdict();
        assertEquals(Outcome.INCONSISTENT, verdict.outcome());
    }

    @Test
    void absentPartsLeaveItIncomplete() {
        Verdict verdict = blackBox().part(Map.of(P, "p0"), Map.of(PQ, List.of())).verdict();
        assertEquals(Outcome.INCOMPLETE, verdict.outcome());
        assertEquals(List.of(Kind.NOT_RECORDED, Kind.NOT_RECORDED),
                verdict.violations().stream().map(Violation::kind).toList());
        Verdict joined = blackBox().part(Map.of(P, "p0"), Map.of(PQ, List.of()))
                .part(Map.of(Q, "q0"), Map.of(QP, List.of())).verdict();
        assertEquals(Outcome.CONSISTENT, joined.outcome());
    }

    @Test
    void contradictingPartsAreRefuted() {
        Verdict state = blackBox().part(Map.of(P, "p0"), Map.of())
                .part(Map.of(P, "p1"), Map.of()).verdict();
        AuditTest.assertRefuted(state, Kind.PROCESS_STATE, P, "holds p1 for p, but an earlier one");
        Verdict content = blackBox().part(Map.of(), Map.of(PQ, List.of("m1")))
                .part(Map.of(), Map.of(PQ, List.of())).verdict();
        AuditTest.assertRefuted(content, Kind.CHANNEL_STATE, PQ, "but an earlier one [m1]");
    }

    @Test
    void whatWasGivenUpClaimsNothing() {
        assertEquals(Outcome.ABORTED, blackBox().aborted().verdict().outcome());
        assertEquals(Outcome.ABORTED, blackBox().abandon(P).verdict().outcome());
        assertEquals(Outcome.CONSISTENT, blackBox().aborted()
                .snapshot("p0", "q0", List.of(), List.of()).verdict().outcome());
    }

    @Test
    void aFaultyTraceIsFaultyHereToo() {
        Report report = blackBox().record(P).receive(PQ, "m1", "q1")
                .snapshot("p0", "q1", List.of(), List.of()).finish();
        assertEquals(Kind.UNSENT, report.trace().get(0).kind());
        assertEquals(2, report.events());
        assertEquals(Outcome.INCONSISTENT, report.snapshots().get(0).outcome());
    }

    @Test
    void itWaitsForTheSameLogsAndKeepsTheWholeComputation() {
        Story ahead = blackBox(P).record(Q).receive(PQ, "m1", "q1");
        assertEquals(1, ahead.oracle.pending());
        assertEquals(Set.of(P), ahead.oracle.awaited());
        ahead.oracle.ended(P);
        assertEquals(0, ahead.oracle.pending());
        ahead.send(QP, "n1", "q2").send(QP, "n2", "q3");
        assertEquals(2, ahead.oracle.inTransitTo(P));
        assertEquals(3, ahead.oracle.retained());
    }

    @Test
    void theLostEndOfALogMayHoldWhatIsMissing() {
        Verdict verdict = blackBox(P).send(PQ, "m1", "p1").receive(PQ, "m1", "q1")
                .receive(PQ, "m2", "q2").snapshot("p2", "q2", List.of(), List.of()).verdict();
        assertEquals(Outcome.INCOMPLETE, verdict.outcome());
        AuditTest.assertOnly(verdict, Kind.NOT_RECORDED, P, "the end of the log of p is lost");
    }

    /** It has 5 * 10^9 cuts: who tries them comes to an end neither in this memory nor in time. */
    @Test
    void aLongComputationIsDecidedWithoutTryingCuts() {
        Story story = blackBox();
        for (int i = 0; i < 100_000; i++) {
            story.send(PQ, "m", "p" + i).receive(PQ, "m", "q" + i);
        }
        story.snapshot("p90000", "q80000", Collections.nCopies(10_000, "m"), List.of());
        Verdict verdict = story.verdict();
        assertEquals(Map.of(P, 90_001L, Q, 80_001L), verdict.cut());
        assertTrue(verdict.violations().isEmpty());
    }
}
