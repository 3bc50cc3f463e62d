package org.chandylamport.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.chandylamport.model.SnapshotId;
import org.junit.jupiter.api.Test;

/** Which snapshots have ended, and what remembering that costs. */
class EndedTest {

    private final Ended ended = new Ended();

    private void complete(long... ids) {
        LongStream.of(ids).mapToObj(SnapshotId::new).forEach(ended::complete);
    }

    private boolean contains(long id) {
        return ended.contains(new SnapshotId(id));
    }

    @Test
    void snapshotsThatEndInTurnTakeNoRoom() {
        complete(LongStream.rangeClosed(1, 1000).toArray());
        assertEquals(0, ended.apart());
        assertTrue(contains(1));
        assertTrue(contains(1000));
        assertFalse(contains(0));
        assertFalse(contains(1001));
    }

    @Test
    void aGapTakesRoomUntilItIsFilled() {
        complete(5, 7, 9);
        assertEquals(2, ended.apart());
        complete(6);
        assertEquals(1, ended.apart());
        assertTrue(contains(7));
        assertFalse(contains(8));
        complete(8);
        assertEquals(0, ended.apart());
        assertTrue(contains(9));
        complete(10);
        assertEquals(0, ended.apart());
        assertTrue(contains(10));
    }

    @Test
    void aValueReplacesWhatWasThere() {
        Ended.Value none = ended.value();
        complete(1, 5);
        ended.abandon(new SnapshotId(7));
        ended.set(none);
        assertFalse(contains(1));
        assertFalse(contains(5));
        assertFalse(ended.isAbandoned(new SnapshotId(7)));
        assertEquals(none, ended.value());
    }
}
