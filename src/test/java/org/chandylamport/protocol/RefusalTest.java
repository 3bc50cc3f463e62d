package org.chandylamport.protocol;

import static org.chandylamport.protocol.ChandyLamportTest.P;
import static org.chandylamport.protocol.ChandyLamportTest.PQ;
import static org.chandylamport.protocol.ChandyLamportTest.Q;
import static org.chandylamport.protocol.ChandyLamportTest.QP;
import static org.chandylamport.protocol.ChandyLamportTest.QR;
import static org.chandylamport.protocol.ChandyLamportTest.RQ;
import static org.chandylamport.protocol.ChandyLamportTest.marker;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the core refuses, and what it gives up. */
class RefusalTest {

    private final Site q = new Site(Q, List.of(PQ, RQ), List.of(QP, QR));

    // What is refused.

    @Test
    void secondMarkerOnAChannelIsAnError() {
        q.marker(PQ, 1);
        assertNames(assertThrows(IllegalStateException.class, () -> q.marker(PQ, 1)),
                "q", "second marker", "snapshot 1", "p->q");
    }

    @Test
    void secondMarkerIsAnErrorAlsoAfterCompletion() {
        q.marker(PQ, 1);
        q.marker(RQ, 1);
        assertNames(assertThrows(IllegalStateException.class, () -> q.marker(RQ, 1)),
                "q", "second marker", "snapshot 1", "r->q");
        assertEquals(1, q.recordings.size());
    }

    @Test
    void channelOfAnotherProcessIsRefused() {
        Site p = new Site(P, List.of(QP), List.of(PQ));
        assertNames(assertThrows(IllegalStateException.class,
                () -> q.core.receive(p.in(QP), 1, "x")), "channel q->p does not lead to q");
        assertNames(assertThrows(IllegalStateException.class,
                () -> q.core.receiveMarker(p.in(QP), marker(1))), "q->p", "q");
        assertEquals("initial", q.core.state());
        assertTrue(q.recordings.isEmpty());
    }

    private static void assertNames(Exception e, String... parts) {
        for (String part : parts) {
            assertTrue(String.valueOf(e.getMessage()).contains(part), e.getMessage());
        }
    }

    // Giving up.

    @Test
    void lateMarkersOfAnAbandonedSnapshotHaveNoEffect() {
        q.record(1);
        assertTrue(q.abandon(1));
        q.sent.clear();
        q.marker(PQ, 1);
        q.marker(RQ, 1);
        assertTrue(q.sent.isEmpty());
        assertTrue(q.complete.isEmpty());
        assertFalse(q.record(1));
    }

    @Test
    void snapshotAbandonedBeforeItArrivesIsNeverRecorded() {
        assertTrue(q.abandon(1));
        q.marker(PQ, 1);
        assertFalse(q.record(1));
        assertTrue(q.recordings.isEmpty());
        assertTrue(q.sent.isEmpty());
    }

    @Test
    void whatHasEndedCannotBeAbandoned() {
        q.marker(PQ, 1);
        q.marker(RQ, 1);
        assertFalse(q.abandon(1));
        assertThrows(IllegalStateException.class, () -> q.marker(PQ, 1), "still an error");
        assertTrue(q.abandon(2));
        assertFalse(q.abandon(2));
    }

    @Test
    void abandonLeavesOtherSnapshotsAlone() {
        q.record(1);
        q.receive(PQ, 1);
        q.record(2);
        q.abandon(1);
        q.receive(PQ, 2);
        q.marker(PQ, 1);
        q.receive(PQ, 3);
        q.marker(PQ, 2);
        q.marker(RQ, 2);
        assertEquals(List.of(2, 3), q.recorded(2, PQ));
    }
}
