package org.chandylamport.check;

import static org.chandylamport.check.Story.INITIAL;
import static org.chandylamport.check.Story.P;
import static org.chandylamport.check.Story.PQ;
import static org.chandylamport.check.Story.Q;
import static org.chandylamport.check.Story.QP;
import static org.chandylamport.check.Story.TOPOLOGY;
import static org.chandylamport.check.Story.audit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chandylamport.check.Verdict.Outcome;
import org.chandylamport.check.Violation.Kind;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.Topology;
import org.junit.jupiter.api.Test;

/** What an audit decides of the trace as a whole, and what it keeps of it meanwhile. */
class TraceTest {

    @Test
    void theMessageReceivedIsTheOneSent() {
        Report report = audit().send(PQ, "m1", "p1").send(PQ, "m2", "p2")
                .receive(PQ, "m2", "q1").receive(PQ, "m1", "q2").finish();
        assertFaulty(report, Kind.NOT_FIFO, "q received m2 as message 1 of p->q, but p sent m1 as");
        assertEquals(1, report.trace().get(0).message());
    }

    @Test
    void aMessageReceivedWasSent() {
        Report report = audit().send(PQ, "m1", "p1")
                .receive(PQ, "m1", "q1").receive(PQ, "m2", "q2").record(Q).finish();
        assertFaulty(report, Kind.UNSENT, "q received message 2 of p->q, but p sent only 1");
        assertEquals(Outcome.INCOMPLETE, report.snapshots().get(0).outcome());
    }

    @Test
    void logsThatMatchMayStillBeImpossible() {
        Report report = audit().receive(QP, "b", "p1").send(PQ, "a", "p2")
                .receive(PQ, "a", "q1").send(QP, "b", "q2").finish();
        assertFaulty(report, Kind.UNSENT, "in any order of these logs the send comes later");
    }

    @Test
    void aProcessDoesNotReceiveFromItselfWhatItSendsLater() {
        Channel self = new Channel("self", P, P);
        Topology topology = new Topology(Set.of(P), Set.of(self));
        Audit<String, String> audit =
                new Audit<>(topology, GlobalState.initial(topology, "s"), Set.of());
        audit.event(new Event.Receive<>(self, "m", "s"));
        audit.event(new Event.Send<>(self, "m", "s", false));
        assertEquals(0, audit.pending());
        assertFaulty(audit.finish(), Kind.UNSENT, "p received message 1 of self before p could");
    }

    @Test
    void aFaultyTraceStillGetsVerdicts() {
        Report report = audit().record(P).record(Q)
                .snapshot("p0", "q0", List.of(), List.of())
                .receive(PQ, "m1", "q1").receive(PQ, "m2", "q2").finish();
        assertFaulty(report, Kind.UNSENT, "q received message 1 of p->q, but p sent only 0");
        assertEquals(Outcome.CONSISTENT, report.snapshots().get(0).outcome());
    }

    @Test
    void initialMessagesAreReceivedFirst() {
        GlobalState<String, String> initial = GlobalState.of(
                Map.of(P, "p0", Q, "q0"), Map.of(PQ, List.of("a", "b"), QP, List.of()));
        Audit<String, String> audit = new Audit<>(TOPOLOGY, initial, Set.of());
        audit.event(new Event.Receive<>(PQ, "a", "q1"));
        audit.event(new Event.RecordState<>(Q, Story.id(1)));
        audit.event(new Event.RecordState<>(P, Story.id(1)));
        audit.snapshot(Story.whole("p0", "q1", List.of("b"), List.of()));
        Report report = audit.finish();
        assertTrue(report.isClean(), report::toString);
    }

    @Test
    void whatReceiversProveOfALostProcessIsTakenAsSent() {
        Story story = audit(P).send(PQ, "m1", "p1").record(P).record(Q)
                .receive(PQ, "m1", "q1").receive(PQ, "m2", "q2")
                .snapshot("p1", "q0", List.of("m1"), List.of());
        Verdict verdict = story.verdict();
        assertEquals(Outcome.CONSISTENT, verdict.outcome());
        assertEquals(List.of("message 2 of p->q and those after it, up to 2, which q received,"
                + " were sent by p after the end of its log"), verdict.assumptions());
    }

    @Test
    void whatALostProcessSentAfterItsLogItSentAfterItRecorded() {
        Verdict verdict = audit(P).record(P).receive(PQ, "m1", "q1").record(Q)
                .snapshot("p0", "q1", List.of(), List.of()).verdict();
        AuditTest.assertRefuted(verdict, Kind.ORPHAN_MESSAGE, PQ, "but p sent only 0");
    }

    @Test
    void aLostProcessMayHaveRecordedAfterItsLog() {
        Verdict verdict = audit(P).record(Q).marker(PQ)
                .snapshot("p0", "q0", List.of(), List.of()).verdict();
        assertEquals(Outcome.INCOMPLETE, verdict.outcome());
        AuditTest.assertOnly(verdict, Kind.NOT_RECORDED, P, "q received its marker along p->q");
        assertEquals(List.of("p recorded nothing for snapshot 1 in the lost end of its log"),
                verdict.assumptions());
    }

    @Test
    void theLastLineOfALostProcessMayHaveBeenFollowedByAMarker() {
        List<Event<String, String>> events = audit().record(P).marker(QP).record(Q).events;
        Story lost = audit(Q);
        Story known = audit();
        events.forEach(lost::event);
        events.forEach(known::event);
        lost.snapshot("p0", "q0", List.of(), List.of(), P);
        known.snapshot("p0", "q0", List.of(), List.of(), P);
        assertEquals(Outcome.CONSISTENT, lost.verdict().outcome());
        AuditTest.assertRefuted(known.verdict(), Kind.MARKER_RULE, Q, "without a marker");
    }

    @Test
    void aLostProcessIsNotExcusedFromWhatItsLogShows() {
        Report report = audit(P, Q).receive(QP, "b", "p1").send(PQ, "a", "p2")
                .receive(PQ, "a", "q1").send(QP, "b", "q2").finish();
        assertFaulty(report, Kind.UNSENT, "in any order of these logs");
    }

    @Test
    void aReceiverAheadWaitsForItsSender() {
        Story story = audit().receive(PQ, "m1", "q1").internal(Q, "q2").record(Q);
        assertEquals(3, story.oracle.pending());
        assertEquals(Set.of(P), story.oracle.awaited());
        story.send(PQ, "m1", "p1");
        assertEquals(0, story.oracle.pending());
        assertEquals(Set.of(), story.oracle.awaited());
    }

    @Test
    void logsThatAllWaitAreTakenAsTheyAre() {
        Report report = audit().receive(QP, "b", "p1").receive(PQ, "a", "q1").finish();
        assertEquals(List.of(Kind.UNSENT, Kind.UNSENT),
                report.trace().stream().map(Violation::kind).toList());
        assertEquals(2, report.events());
    }

    @Test
    void nobodyWaitsForALogThatHasEnded() {
        Story story = audit(P).receive(PQ, "m1", "q1");
        story.oracle.ended(P);
        assertEquals(0, story.oracle.pending());
        story.receive(PQ, "m2", "q2");
        assertEquals(0, story.oracle.pending());
        assertEquals(List.of(), story.finish().trace());
    }

    @Test
    void memoryFollowsWhatIsInTransitNotTheLengthOfTheTrace() {
        Story story = audit();
        for (int i = 0; i < 10_000; i++) {
            story.oracle.event(new Event.Send<>(PQ, "m" + i, "p" + i, false));
            if (i >= 5) {
                story.oracle.event(new Event.Receive<>(PQ, "m" + (i - 5), "q" + i));
                assertEquals(5, story.oracle.retained());
            }
        }
        assertEquals(5, story.oracle.inTransitTo(Q));
    }

    @Test
    void onlyAnOpenSnapshotKeepsStatesAndMessages() {
        Story story = audit().record(Q);
        converse(story, 100);
        assertEquals(101, story.oracle.retained());
        story.record(P);
        assertEquals(102, story.oracle.retained());
        story.part(Map.of(), Map.of(PQ, List.of()));
        assertEquals(2, story.oracle.retained());
        converse(story, 100);
        assertEquals(2, story.oracle.retained());
    }

    @Test
    void aSnapshotIsOpenUntilItsStatesAndContentsAndMarkersAreThere() {
        Audit<String, String> audit = new Audit<>(TOPOLOGY, INITIAL, Set.of());
        audit.snapshot(Story.whole("p0", "q0", List.of(), List.of()));
        audit.event(new Event.RecordState<>(P, Story.id(1)));
        audit.event(new Event.RecordState<>(Q, Story.id(1)));
        audit.event(new Event.ReceiveMarker<>(PQ, Story.id(1)));
        assertEquals(1, audit.open());
        audit.event(new Event.ReceiveMarker<>(QP, Story.id(1)));
        assertEquals(0, audit.open());
        assertTrue(audit.finish().isClean());
    }

    @Test
    void aSnapshotIsOpenUntilTheLastOfItsPartsWhicheverThatIs() {
        ProcessId alone = new ProcessId("alone");
        Topology one = new Topology(Set.of(alone), Set.of());
        Audit<String, String> recordedLast =
                new Audit<>(one, GlobalState.initial(one, "s"), Set.of());
        recordedLast.snapshot(new Snapshot<>(Story.id(1), ImmutableSortedSet.of(),
                GlobalState.of(Map.of(alone, "s"), Map.of())));
        assertEquals(1, recordedLast.open());
        recordedLast.event(new Event.RecordState<>(alone, Story.id(1)));
        assertEquals(0, recordedLast.open());
        Map<Channel, List<String>> contents = Map.of(PQ, List.of(), QP, List.of());
        Story statesLast = marked().part(Map.of(), contents);
        assertEquals(1, open(statesLast));
        assertEquals(0, open(statesLast.part(INITIAL.processes(), Map.of())));
        Story contentsLast = marked().part(INITIAL.processes(), Map.of());
        assertEquals(1, open(contentsLast));
        assertEquals(0, open(contentsLast.part(Map.of(), contents)));
    }

    private static Story marked() {
        return audit().record(P).record(Q).marker(PQ).marker(QP);
    }

    private static long open(Story story) {
        return ((Audit<String, String>) story.oracle).open();
    }

    @Test
    void whatASnapshotLineHoldsIsKeptUntilItIsCompared() {
        Story story = audit().part(Map.of(), Map.of(PQ, List.of("a", "b", "c")));
        assertEquals(3, story.oracle.retained());
        story.send(PQ, "a", "p1").send(PQ, "b", "p2").send(PQ, "c", "p3").record(P);
        assertEquals(7, story.oracle.retained());
        story.record(Q);
        assertEquals(5, story.oracle.retained());
        Story otherwise = audit().record(Q).send(PQ, "a", "p1").receive(PQ, "a", "q1").record(P)
                .part(Map.of(), Map.of(PQ, List.of("a", "b", "c")));
        assertEquals(2, otherwise.oracle.retained()); // The states.
    }

    @Test
    void aSnapshotThatIsGivenUpIsOpenUntilTooMuchIsKept() {
        for (Story story : List.of(Story.auditKeeping(1_000).record(Q).aborted(),
                Story.auditKeeping(1_000).record(Q).abandon(P))) {
            converse(story, 1_000);
            assertEquals(1_001, story.oracle.retained());
            converse(story, Audit.SELDOM);
            assertEquals(0, story.oracle.retained());
        }
    }

    @Test
    void asMuchAsTheLimitIsKept() {
        Story story = Story.auditKeeping(1).record(Q).aborted().muchHappens();
        assertEquals(1, story.oracle.retained());
        assertEquals(0, Story.auditKeeping(0).record(Q).aborted().muchHappens().oracle.retained());
        assertEquals(Runtime.getRuntime().maxMemory() >> 12, Audit.limit());
    }

    @Test
    void nothingIsKeptAnyMoreForWhatWasTooMuchToKeep() {
        Story story = Story.auditKeeping(0).send(PQ, "m", "p").aborted().muchHappens();
        story.receive(PQ, "m", "q").record(Q);
        converse(story, 10);
        assertEquals(0, story.oracle.retained());
    }

    @Test
    void whatWasGivenUpFirstIsLostFirst() {
        Story story = Story.auditKeeping(150);
        for (int s : new int[] {2, 1, 3}) {
            story.event(new Event.RecordState<>(Q, Story.id(s)));
            story.oracle.aborted(Story.id(s), "enough");
            converse(story, 100);
        }
        assertEquals(303, story.oracle.retained());
        story.muchHappens();
        assertEquals(101, story.oracle.retained());
    }

    @Test
    void thousandsOfSnapshotsThatAreGivenUpAreKeptLikeOne() {
        Story story = Story.auditKeeping(1_000);
        long most = 0;
        for (int s = 1; s <= 3_000; s++) {
            story.event(new Event.RecordState<>(Q, Story.id(s)));
            converse(story, 10);
            story.event(new Event.RecordState<>(P, Story.id(s)));
            story.oracle.aborted(Story.id(s), "enough");
            most = Math.max(most, story.oracle.retained());
        }
        assertTrue(most > 1_000 && most < 1_000 + 2 * Audit.SELDOM, most + " are kept");
        assertTrue(story.finish().isClean());
    }

    private static void converse(Story story, int messages) {
        for (int i = 0; i < messages; i++) {
            story.oracle.event(new Event.Send<>(PQ, "m", "p", false));
            story.oracle.event(new Event.Receive<>(PQ, "m", "q"));
        }
    }

    private static void assertFaulty(Report report, Kind kind, String explanation) {
        assertEquals(1, report.trace().size(), report::toString);
        Violation violation = report.trace().get(0);
        assertEquals(kind, violation.kind());
        assertTrue(violation.explanation().contains(explanation), violation::explanation);
        assertTrue(!report.isClean());
    }
}
