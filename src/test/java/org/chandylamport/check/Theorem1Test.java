package org.chandylamport.check;

import static org.chandylamport.check.Story.P;
import static org.chandylamport.check.Story.PQ;
import static org.chandylamport.check.Story.Q;
import static org.chandylamport.check.Story.QP;
import static org.chandylamport.check.Story.audit;
import static org.chandylamport.check.Story.whole;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedSet;
import java.util.List;
import java.util.Map;
import org.chandylamport.check.Violation.Kind;
import org.chandylamport.model.Event;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.Snapshot;
import org.junit.jupiter.api.Test;

/** Theorem 1 on computations that a reader can follow. */
class Theorem1Test {

    /** The recorded state occurs at no moment: p records before q's first event, q after it. */
    private static Story crossing() {
        return audit().record(P).send(PQ, "m1", "p1").send(QP, "m2", "q1").record(Q)
                .receive(PQ, "m1", "q2").receive(QP, "m2", "p2");
    }

    @Test
    void thePrerecordingEventsComeFirst() {
        Snapshot<String, String> snapshot = whole("p0", "q1", List.of(), List.of("m2"));
        Theorem1.Witness<String, String> witness = witness(crossing(), snapshot);
        assertEquals(1, witness.index());
        List<Event<String, String>> events = witness.permuted().events();
        assertEquals(new Event.Send<>(QP, "m2", "q1", false), events.get(0));
        assertEquals(List.of("p1", "q2", "p2"), witness.permuted().underlying().stream()
                .skip(1).map(Event.Environment::state).toList());
        assertEquals(4, events.size());
    }

    @Test
    void theRecordedStateIsMetAtTheIndex() {
        Snapshot<String, String> snapshot = whole("p0", "q1", List.of(), List.of("m2"));
        Theorem1.Witness<String, String> witness = witness(crossing(), snapshot);
        Replay<String, String> replay =
                new Replay<>(witness.permuted().topology(), witness.permuted().initial());
        witness.permuted().underlying().stream().limit(witness.index()).forEach(replay::perform);
        assertEquals(snapshot.state(), replay.state());
    }

    @Test
    void aReceiveInFrontOfItsSendIsNamed() {
        Story story = audit().record(P).send(PQ, "m1", "p1").receive(PQ, "m1", "q1").record(Q);
        refuted(story, whole("p0", "q1", List.of(), List.of()), Kind.ORPHAN_MESSAGE,
                "prerecording event 1 is impossible: q receives m1 along p->q, but the channel is"
                        + " empty: the message is sent after the sender recorded");
    }

    @Test
    void anotherStateOrContentIsNotMet() {
        refuted(crossing(), whole("p1", "q1", List.of(), List.of("m2")), Kind.PROCESS_STATE,
                "the snapshot holds p1 for p, but its state is p0 after the 1 prerecording");
        refuted(crossing(), whole("p0", "q1", List.of(), List.of()), Kind.CHANNEL_STATE,
                "the snapshot holds [] in q->p, but the channel holds [m2] after the 1");
    }

    @Test
    void thePartsOfASnapshotAreAllThere() {
        refuted(crossing(), new Snapshot<>(Story.id(1), ImmutableSortedSet.of(), GlobalState.of(
                        Map.of(P, "p0"), Map.of(PQ, List.of(), QP, List.of("m2")))),
                Kind.NOT_RECORDED, "the snapshot holds no state for q");
        refuted(crossing(), new Snapshot<>(Story.id(1), ImmutableSortedSet.of(), GlobalState.of(
                        Map.of(P, "p0", Q, "q1"), Map.of(PQ, List.of()))),
                Kind.NOT_RECORDED, "the snapshot holds nothing of q->p");
    }

    @Test
    void aStepIsNotCut() {
        Story story = audit().internal(P, "p1").record(P).sendInSameStep(PQ, "m1", "p1").record(Q);
        refuted(story, whole("p1", "q0", List.of(), List.of()), Kind.PROCESS_STATE,
                "p recorded its state before it sent m1 along p->q, but in the same step");
    }

    @Test
    void everyProcessHasToRecord() {
        refuted(audit().record(P), whole("p0", "q0", List.of(), List.of()), Kind.NOT_RECORDED,
                "q did not record its state for snapshot 1");
    }

    @Test
    void theComputationItselfHasToBeOne() {
        refuted(audit().receive(PQ, "m1", "q1").record(P).record(Q),
                whole("p0", "q1", List.of(), List.of()), Kind.UNSENT,
                "event 1 is impossible: q receives m1 along p->q, but the channel is empty");
        refuted(audit().send(PQ, "m1", "p1").receive(PQ, "m2", "q1").record(P).record(Q),
                whole("p1", "q1", List.of(), List.of()), Kind.NOT_FIFO,
                "event 2 is impossible: q receives m2 along p->q, but the channel holds m1 first");
    }

    private static void refuted(
            Story story, Snapshot<String, String> snapshot, Kind kind, String explanation) {
        Theorem1<String, String> theorem =
                Theorem1.construct(story.computation(), snapshot);
        if (!(theorem instanceof Theorem1.Refutation<String, String> refutation)) {
            throw new AssertionError(theorem);
        }
        assertEquals(kind, refutation.violation().kind());
        assertTrue(refutation.violation().explanation().contains(explanation),
                refutation.violation()::explanation);
    }

    private static Theorem1.Witness<String, String> witness(
            Story story, Snapshot<String, String> snapshot) {
        Theorem1<String, String> theorem =
                Theorem1.construct(story.computation(), snapshot);
        if (!(theorem instanceof Theorem1.Witness<String, String> witness)) {
            throw new AssertionError(theorem);
        }
        return witness;
    }
}
