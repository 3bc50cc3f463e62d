package org.chandylamport.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedSet;
import java.util.List;
import java.util.Set;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event;
import org.chandylamport.model.Marker;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.junit.jupiter.api.Test;

/** The two rules of the paper, and what else the core promises. */
class ChandyLamportTest {

    static final ProcessId P = new ProcessId("p");
    static final ProcessId Q = new ProcessId("q");
    static final ProcessId R = new ProcessId("r");
    static final Channel PQ = Channel.between(P, Q);
    static final Channel QP = Channel.between(Q, P);
    static final Channel RQ = Channel.between(R, Q);
    static final Channel QR = Channel.between(Q, R);
    static final Channel QQ = Channel.between(Q, Q);

    private final Site q = new Site(Q, List.of(PQ, RQ), List.of(QP, QR));

    static Marker marker(long s) {
        return new Marker(new SnapshotId(s));
    }

    // The Marker-Sending Rule.

    @Test
    void oneMarkerGoesAlongEachOutgoingChannel() {
        assertTrue(q.record(1));
        assertEquals(List.of(List.of(QP, marker(1)), List.of(QR, marker(1))), q.sent);
    }

    @Test
    void markerIsTheFirstMessageAfterRecording() {
        q.core.send(q.ends.get(0), 1, "sent 1", false);
        q.record(1);
        q.core.send(q.ends.get(0), 2, "sent 2", false);
        assertEquals(List.of(List.of(QP, 1), List.of(QP, marker(1)), List.of(QR, marker(1)),
                List.of(QP, 2)), q.sent);
        assertEquals("sent 1", q.recordings.get(0).state());
    }

    @Test
    void recordedStateIsTheStateAtThatMoment() {
        q.core.internal("before");
        q.record(1);
        q.core.internal("after");
        q.receive(PQ, 1);
        assertEquals("before", q.recordings.get(0).state());
        assertEquals("after1", q.core.state());
    }

    @Test
    void recordingAgainHasNoEffect() {
        q.record(1);
        q.core.internal("later");
        List<Object> sent = List.copyOf(q.sent);
        assertFalse(q.record(1));
        assertEquals(sent, q.sent);
        assertEquals(1, q.recordings.size());
        q.marker(PQ, 1);
        q.marker(RQ, 1);
        assertFalse(q.record(1), "nor once it is complete");
        assertEquals("initial", q.complete(1).state());
    }

    // The Marker-Receiving Rule.

    @Test
    void firstMarkerRecordsTheStateAndTheChannelAsEmpty() {
        q.receive(PQ, 1);
        q.marker(PQ, 1);
        assertEquals(List.of(List.of(QP, marker(1)), List.of(QR, marker(1))), q.sent);
        assertEquals("initial1", q.recordings.get(0).state());
        assertEquals(Set.of(RQ), q.recordings.get(0).awaitingMarker());
        q.marker(RQ, 1);
        assertEquals(List.of(), q.recorded(1, PQ));
        assertEquals(List.of(), q.recorded(1, RQ));
    }

    @Test
    void laterMarkerRecordsWhatCameSinceTheStateWasRecorded() {
        q.receive(RQ, 1);
        q.marker(PQ, 1);
        q.receive(RQ, 2);
        q.receive(PQ, 9);
        q.receive(RQ, 3);
        q.marker(RQ, 1);
        q.receive(RQ, 4);
        assertEquals(List.of(2, 3), q.recorded(1, RQ), "in order, after recording, before marker");
        assertEquals(List.of(), q.recorded(1, PQ), "closed by the first marker");
        assertEquals("initial1", q.complete(1).state());
    }

    @Test
    void initiatorRecordsEveryIncomingChannelUntilItsMarker() {
        q.record(1);
        q.receive(PQ, 1);
        q.receive(RQ, 2);
        q.marker(RQ, 1);
        q.receive(RQ, 3);
        q.receive(PQ, 4);
        assertFalse(q.recordings.get(0).isComplete());
        q.marker(PQ, 1);
        assertEquals(List.of(1, 4), q.recorded(1, PQ));
        assertEquals(List.of(2), q.recorded(1, RQ));
    }

    @Test
    void recordingIsCompleteWhenTheLastMarkerHasArrived() {
        q.record(1);
        Recording<String, Integer> recording = q.recordings.get(0);
        assertEquals(Set.of(PQ, RQ), recording.awaitingMarker());
        q.marker(PQ, 1);
        assertEquals(Set.of(RQ), recording.awaitingMarker());
        assertTrue(q.complete.isEmpty());
        q.marker(RQ, 1);
        assertTrue(recording.isComplete());
        assertEquals(List.of(recording), List.copyOf(q.complete.values()));
    }

    @Test
    void eachOfThreeChannelsIsClosedByItsOwnMarker() {
        Site three = new Site(Q, List.of(PQ, RQ, QQ), List.of(QP));
        three.marker(PQ, 1);
        three.marker(RQ, 1);
        assertFalse(three.recordings.get(0).isComplete());
        three.receive(QQ, 5);
        three.receive(RQ, 6);
        three.marker(QQ, 1);
        assertEquals(List.of(5), three.recorded(1, QQ));
        assertEquals(List.of(), three.recorded(1, RQ));
    }

    @Test
    void processWithoutIncomingChannelsIsCompleteAtOnce() {
        Site p = new Site(P, List.of(), List.of(PQ));
        assertTrue(p.record(1));
        assertEquals("initial", p.complete(1).state());
        assertEquals(List.of(List.of(PQ, marker(1))), p.sent);
        assertFalse(p.record(1));
    }

    @Test
    void processWithOneIncomingChannelIsCompleteAtItsMarker() {
        Site p = new Site(P, List.of(QP), List.of(PQ));
        p.receive(QP, 1);
        p.marker(QP, 1);
        assertEquals(List.of(), p.recorded(1, QP));
        assertEquals(List.of(List.of(PQ, marker(1))), p.sent);
    }

    @Test
    void selfChannelIsRecordedAsAnyOther() {
        Site self = new Site(Q, List.of(QQ), List.of(QQ));
        self.record(1);
        self.receive(QQ, 5);
        self.marker(QQ, 1);
        assertEquals(List.of(5), self.recorded(1, QQ));
    }

    // Several snapshots.

    @Test
    void markerClosesItsChannelForItsSnapshotAlone() {
        q.record(1);
        q.record(2);
        q.receive(PQ, 1);
        q.marker(PQ, 1);
        q.receive(PQ, 2);
        q.marker(PQ, 2);
        q.receive(RQ, 3);
        q.marker(RQ, 2);
        q.receive(RQ, 4);
        q.marker(RQ, 1);
        assertEquals(List.of(1), q.recorded(1, PQ));
        assertEquals(List.of(1, 2), q.recorded(2, PQ));
        assertEquals(List.of(3, 4), q.recorded(1, RQ));
        assertEquals(List.of(3), q.recorded(2, RQ));
    }

    @Test
    void eachSnapshotHasAStateOfItsOwn() {
        q.record(2);
        q.core.internal("between");
        q.marker(PQ, 1);
        q.core.internal("after");
        assertEquals("initial", q.recordings.get(0).state());
        assertEquals("between", q.recordings.get(1).state());
    }

    @Test
    void secondInitiatorOfASnapshotIsOneRecordingTheLess() {
        q.record(1);
        q.marker(PQ, 1);
        assertEquals(1, q.recordings.size(), "the marker of another initiator finds it recorded");
        assertEquals(2, q.sent.size());
    }

    @Test
    void recordingsJoinToASnapshot() {
        Site p = new Site(P, List.of(QP), List.of(PQ));
        Site other = new Site(Q, List.of(PQ), List.of(QP));
        p.core.internal("p1");
        p.record(7);
        other.marker(PQ, 7);
        p.receive(QP, 3);
        p.marker(QP, 7);
        Snapshot<String, Integer> snapshot = new Assembly(
                new Topology(List.of(P, Q), List.of(PQ, QP))).join(new SnapshotId(7), Set.of(P),
                        List.of(p.complete(7), other.complete(7)));
        assertEquals("{p=p1, q=initial | q->p=[3]}", snapshot.state().toString());
        assertEquals(ImmutableSortedSet.of(P), snapshot.initiators());
    }

    // Events.

    @Test
    void eventsAreLoggedInOrderAndBeforeWhatTheySend() {
        q.core.send(q.ends.get(0), 1, "a", false);
        q.marker(PQ, 1);
        q.core.internal("b");
        q.receive(RQ, 2);
        q.abandon(1);
        SnapshotId s = new SnapshotId(1);
        assertEquals(List.of(
                new Event.Send<>(QP, 1, "a", false),
                new Event.RecordState<>(Q, s),
                new Event.ReceiveMarker<>(PQ, s),
                new Event.Internal<>(Q, "b"),
                new Event.Receive<>(RQ, 2, "b2"),
                new Event.Abandon<>(Q, s)), q.events);
        assertEquals(List.of(1, 2, 2), q.loggedBefore, "a message, and two markers");
    }
}
