package org.chandylamport.check;

import static org.chandylamport.check.Story.P;
import static org.chandylamport.check.Story.PQ;
import static org.chandylamport.check.Story.Q;
import static org.chandylamport.check.Story.QP;
import static org.chandylamport.check.Story.audit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chandylamport.check.Verdict.Outcome;
import org.chandylamport.check.Violation.Kind;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.junit.jupiter.api.Test;

/** What an audit decides of each snapshot; the numbers in messages tell the order of sending. */
class AuditTest {

    /** p sends m1, records, sends m2; q records, receives m1, the marker, and m2. */
    static Story transit() {
        return audit()
                .send(PQ, "m1", "p1").record(P).send(PQ, "m2", "p2")
                .record(Q).receive(PQ, "m1", "q1").marker(PQ).receive(PQ, "m2", "q2").marker(QP);
    }

    @Test
    void aMessageInTransitBelongsToItsChannel() {
        Verdict verdict = transit().snapshot("p1", "q0", List.of("m1"), List.of(), P, Q).verdict();
        assertEquals(Outcome.CONSISTENT, verdict.outcome(), verdict::toString);
        assertEquals(Map.of(P, 1L, Q, 0L), verdict.cut());
        assertEquals(List.of(), verdict.violations());
        assertEquals(List.of(), verdict.assumptions());
    }

    @Test
    void theSnapshotLineMayComeFirst() {
        Story story = audit().snapshot("p1", "q0", List.of("m1"), List.of(), P, Q);
        transit().events.forEach(story::event);
        Report report = story.finish();
        assertTrue(report.isClean(), report::toString);
        assertEquals(8, report.events());
    }

    @Test
    void partsAreJoined() {
        Verdict verdict = transit()
                .part(Map.of(P, "p1"), Map.of(QP, List.of()))
                .part(Map.of(Q, "q0"), Map.of(PQ, List.of("m1")))
                .verdict();
        assertEquals(Outcome.CONSISTENT, verdict.outcome(), verdict::toString);
    }

    @Test
    void aMessageReceivedBeforeAndSentAfterIsAnOrphan() {
        Verdict verdict = audit()
                .send(PQ, "m1", "p1").send(PQ, "m2", "p2").record(P).send(PQ, "m3", "p3")
                .receive(PQ, "m1", "q1").receive(PQ, "m2", "q2").receive(PQ, "m3", "q3").record(Q)
                .snapshot("p2", "q3", List.of(), List.of()).verdict();
        assertRefuted(verdict, Kind.ORPHAN_MESSAGE, PQ, "q received message 3 of p->q before it"
                + " recorded, but p sent only 2 before it recorded");
    }

    @Test
    void anotherProcessStateIsNotTheStateAtTheCut() {
        Verdict verdict = transit().snapshot("p2", "q0", List.of("m1"), List.of(), P, Q).verdict();
        assertRefuted(verdict, Kind.PROCESS_STATE, P, "the snapshot holds p2 for p, but its state"
                + " was p1 when it recorded, after 1 events");
    }

    @Test
    void aMessageTooFewIsNotTheChannelState() {
        Verdict verdict = transit().snapshot("p1", "q0", List.of(), List.of(), P, Q).verdict();
        assertRefuted(verdict, Kind.CHANNEL_STATE, PQ, "the snapshot holds 0 messages in p->q, but"
                + " 1 cross the cut: p sent 1 before it recorded, and q received 0 before it"
                + " recorded");
    }

    @Test
    void messagesInAnotherOrderAreNotTheChannelState() {
        Verdict verdict = audit().send(PQ, "m1", "p1").send(PQ, "m2", "p2").record(P).record(Q)
                .snapshot("p2", "q0", List.of("m2", "m1"), List.of()).verdict();
        assertRefuted(verdict, Kind.CHANNEL_STATE, PQ, "the snapshot holds m2 as message 1 of p->q,"
                + " but p sent m1 as that message");
    }

    @Test
    void aMessageInAnEmptyChannelIsNotTheChannelState() {
        Verdict verdict =
                transit().snapshot("p1", "q0", List.of("m1"), List.of("m1"), P, Q).verdict();
        assertRefuted(verdict, Kind.CHANNEL_STATE, QP, "holds 1 messages in q->p, but 0 cross");
    }

    @Test
    void aProcessRecordsOnce() {
        Verdict verdict = transit().record(P)
                .snapshot("p1", "q0", List.of("m1"), List.of(), P, Q).verdict();
        assertRefuted(verdict, Kind.RECORDED_TWICE, P, "after 1 events, and again after 2");
    }

    @Test
    void aProcessRecordsOnceAlsoAfterAllIsKnown() {
        Verdict verdict = transit().snapshot("p1", "q0", List.of("m1"), List.of(), P, Q)
                .marker(QP).record(P).verdict();
        assertEquals(List.of(Kind.RECORDED_TWICE, Kind.MARKER_RULE),
                verdict.violations().stream().map(Violation::kind).toList());
    }

    @Test
    void aMarkerDoesNotOvertake() {
        Verdict verdict = audit().send(PQ, "m1", "p1").record(P)
                .record(Q).marker(PQ).receive(PQ, "m1", "q1")
                .snapshot("p1", "q0", List.of("m1"), List.of()).verdict();
        assertRefuted(verdict, Kind.MARKER_RULE, PQ, "q received the marker of snapshot 1 along"
                + " p->q after message 0, but p sent 1 messages before it recorded");
    }

    @Test
    void aMarkerIsNotLate() {
        Verdict verdict = audit().record(P).send(PQ, "m1", "p1")
                .record(Q).receive(PQ, "m1", "q1").marker(PQ)
                .snapshot("p0", "q0", List.of(), List.of()).verdict();
        assertRefuted(verdict, Kind.MARKER_RULE, PQ, "after message 1, but p sent 0");
    }

    @Test
    void aMarkerComesOnce() {
        Verdict verdict = audit().record(Q).marker(PQ).marker(PQ).record(P)
                .snapshot("p0", "q0", List.of(), List.of()).verdict();
        assertRefuted(verdict, Kind.MARKER_RULE, PQ, "q received a second marker of snapshot 1");
    }

    @Test
    void aProcessThatDoesNotInitiateWaitsForAMarker() {
        Verdict verdict = audit().record(P).record(Q).internal(Q, "q1").marker(PQ)
                .snapshot("p0", "q0", List.of(), List.of(), P).verdict();
        assertRefuted(verdict, Kind.MARKER_RULE, Q, "q recorded its state for snapshot 1 without a"
                + " marker, but only [p] initiated it");
    }

    @Test
    void aMarkerOnTheNextLineMadeItRecord() {
        Verdict verdict = audit().record(P).record(Q).marker(PQ).internal(Q, "q1").marker(QP)
                .snapshot("p0", "q0", List.of(), List.of(), P).verdict();
        assertEquals(Outcome.CONSISTENT, verdict.outcome(), verdict::toString);
    }

    @Test
    void otherAlgorithmsHaveNoMarkers() {
        Verdict verdict = audit().record(P).record(Q).internal(Q, "q1")
                .snapshot("p0", "q0", List.of(), List.of(), P).verdict();
        assertEquals(Outcome.CONSISTENT, verdict.outcome(), verdict::toString);
    }

    @Test
    void noCutFallsInsideAStep() {
        Verdict verdict = audit().internal(P, "p1").record(P).sendInSameStep(PQ, "m1", "p1")
                .record(Q).snapshot("p1", "q0", List.of(), List.of()).verdict();
        assertRefuted(verdict, Kind.PROCESS_STATE, P, "its next event belongs to the same step");
    }

    @Test
    void aPartThatContradictsAnEarlierOneIsRefuted() {
        Verdict state = transit().snapshot("p1", "q0", List.of("m1"), List.of(), P, Q)
                .part(Map.of(P, "p2"), Map.of()).verdict();
        assertRefuted(state, Kind.PROCESS_STATE, P, "a Snapshot line holds p2 for p, but an");
        Verdict content = audit().part(Map.of(), Map.of(PQ, List.of("a", "b")))
                .part(Map.of(), Map.of(PQ, List.of("b", "a"))).verdict();
        assertEquals(Outcome.INCONSISTENT, content.outcome());
        assertEquals(Kind.CHANNEL_STATE, content.violations().get(0).kind());
        Verdict same = transit().snapshot("p1", "q0", List.of("m1"), List.of(), P, Q)
                .snapshot("p1", "q0", List.of("m1"), List.of(), P, Q).verdict();
        assertEquals(Outcome.CONSISTENT, same.outcome());
    }

    @Test
    void aMarkerMayComeBeforeItsSenderIsKnownToHaveRecorded() {
        Verdict verdict = audit().record(Q).marker(PQ).send(PQ, "m1", "p1").record(P)
                .snapshot("p1", "q0", List.of("m1"), List.of()).verdict();
        assertRefuted(verdict, Kind.MARKER_RULE, PQ, "q received the marker of snapshot 1 along"
                + " p->q after message 0, but p sent 1 messages before it recorded");
    }

    @Test
    void aSecondRecordingIsNoCut() {
        Verdict again = audit().record(P).internal(P, "p1").record(P)
                .sendInSameStep(PQ, "m1", "p1").record(Q)
                .snapshot("p0", "q0", List.of(), List.of()).verdict();
        assertRefuted(again, Kind.RECORDED_TWICE, P, "after 0 events, and again after 1");
    }

    @Test
    void whoRecordedWithoutAMarkerIsKnownAlsoAfterAllIsKnown() {
        Verdict verdict = audit().record(P).record(Q).internal(Q, "q1").marker(PQ).marker(QP)
                .snapshot("p0", "q0", List.of(), List.of(), P).verdict();
        assertRefuted(verdict, Kind.MARKER_RULE, Q, "without a marker");
    }

    @Test
    void onlyAMarkerOfTheSameSnapshotMakesAProcessRecord() {
        Event<String, String> recordsTwo = new Event.RecordState<>(Q, Story.id(2));
        Event<String, String> receivesTwo = new Event.ReceiveMarker<>(PQ, Story.id(2));
        Event<String, String> abandonsTwo = new Event.Abandon<>(Q, Story.id(2));
        for (Event<String, String> next : List.of(recordsTwo, receivesTwo, abandonsTwo)) {
            Report report = audit().record(P).record(Q).event(next).marker(PQ).marker(QP)
                    .snapshot("p0", "q0", List.of(), List.of(), P).finish();
            assertRefuted(report.snapshots().get(0), Kind.MARKER_RULE, Q, "without a marker");
        }
    }

    @Test
    void aViolationNamesTheFirstMessageThatItIsAbout() {
        assertEquals(2, audit().send(PQ, "m1", "p1").record(P).send(PQ, "m2", "p2")
                .receive(PQ, "m1", "q1").receive(PQ, "m2", "q2").record(Q)
                .snapshot("p1", "q2", List.of(), List.of())
                .verdict().violations().get(0).message());
        assertEquals(2, audit().send(PQ, "m1", "p1").send(PQ, "m2", "p2").record(P)
                .record(Q).receive(PQ, "m1", "q1").marker(PQ).receive(PQ, "m2", "q2")
                .snapshot("p2", "q0", List.of("m1", "m2"), List.of())
                .verdict().violations().get(0).message());
        Violation content = audit().send(PQ, "m1", "p1").send(PQ, "m2", "p2")
                .send(PQ, "m3", "p3").record(P).receive(PQ, "m1", "q1").record(Q)
                .snapshot("p3", "q1", List.of("m2", "m4"), List.of())
                .verdict().violations().get(0);
        assertEquals(3, content.message());
        assertEquals("the snapshot holds m4 as message 3 of p->q, but p sent m3 as that message",
                content.explanation());
    }

    @Test
    void onlyConsistentAndAbortedSnapshotsAreClean() {
        assertFalse(transit().snapshot("p2", "q0", List.of("m1"), List.of()).finish().isClean());
        assertFalse(transit().finish().isClean());
        assertTrue(audit().record(P).abandon(P).finish().isClean());
    }

    @Test
    void aReportNamesThingsInPlainWords() {
        assertEquals("[not-fifo, unsent, orphan-message, process-state, channel-state,"
                        + " recorded-twice, marker-rule, not-recorded, unreachable]",
                List.of(Kind.values()).toString());
        assertEquals("[consistent, inconsistent, incomplete, aborted]",
                List.of(Outcome.values()).toString());
    }

    @Test
    void aLongStateIsQuotedInPart() {
        assertEquals("x".repeat(120), Violations.quote("x".repeat(120)));
        assertEquals("x".repeat(120) + "...", Violations.quote("x".repeat(121)));
    }

    @Test
    void whatTheTopologyLacksIsRefusedAtOnce() {
        ProcessId r = new ProcessId("r");
        Channel pr = Channel.between(P, r);
        assertThrows(IllegalArgumentException.class, () -> audit().internal(r, "r1"));
        assertThrows(IllegalArgumentException.class, () -> audit().record(r));
        assertThrows(IllegalArgumentException.class, () -> audit().send(pr, "m", "p1"));
        assertThrows(IllegalArgumentException.class, () -> audit().marker(Channel.between(r, P)));
        assertThrows(IllegalArgumentException.class, () -> audit().part(Map.of(r, "r0"), Map.of()));
        assertThrows(IllegalArgumentException.class,
                () -> audit().part(Map.of(), Map.of(pr, List.of())));
        assertThrows(IllegalArgumentException.class, () -> audit(r));
    }

    @Test
    void whatIsRefusedLeavesNothingBehind() {
        ProcessId r = new ProcessId("r");
        for (Story story : List.of(audit(), Story.blackBox())) {
            assertThrows(IllegalArgumentException.class,
                    () -> story.snapshot("p0", "q0", List.of(), List.of(), r));
            assertThrows(IllegalArgumentException.class, () -> story.part(Map.of(r, ""), Map.of()));
            assertThrows(IllegalArgumentException.class,
                    () -> story.part(Map.of(), Map.of(Channel.between(P, r), List.of())));
            assertEquals(List.of(), story.finish().snapshots());
        }
    }

    @Test
    void everyProcessHasAnInitialState() {
        var e = assertThrows(IllegalArgumentException.class, () -> new Audit<>(
                Story.TOPOLOGY, GlobalState.of(Map.of(P, "p0"), Map.of()), Set.of()));
        assertEquals("q has no initial state", e.getMessage());
    }

    static void assertRefuted(Verdict verdict, Kind kind, Object where, String explanation) {
        assertEquals(Outcome.INCONSISTENT, verdict.outcome(), verdict::toString);
        assertOnly(verdict, kind, where, explanation);
    }

    static void assertOnly(Verdict verdict, Kind kind, Object where, String explanation) {
        assertEquals(1, verdict.violations().size(), verdict::toString);
        Violation violation = verdict.violations().get(0);
        assertEquals(kind, violation.kind());
        assertEquals(where, where instanceof ProcessId ? violation.process() : violation.channel());
        assertTrue(violation.explanation().contains(explanation), violation::explanation);
        assertFalse(violation.explanation().isEmpty());
    }
}
