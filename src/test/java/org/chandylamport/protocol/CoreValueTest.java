package org.chandylamport.protocol;

import static org.chandylamport.protocol.ChandyLamportTest.PQ;
import static org.chandylamport.protocol.ChandyLamportTest.Q;
import static org.chandylamport.protocol.ChandyLamportTest.QP;
import static org.chandylamport.protocol.ChandyLamportTest.RQ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableRangeSet;
import com.google.common.collect.ImmutableSortedMap;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.chandylamport.model.SnapshotId;
import org.junit.jupiter.api.Test;

/** The state of the core as a value, and what its representation costs. */
class CoreValueTest {

    private final Site q = new Site(Q, List.of(PQ, RQ), List.of(QP));

    private static Site another() {
        return new Site(Q, List.of(PQ, RQ), List.of(QP));
    }

    @Test
    void valueHoldsContentsNotPositions() {
        Site other = another();
        for (int i = 0; i < 3; i++) { // Another past, with another log.
            other.receive(PQ, i);
        }
        other.record(2);
        other.receive(PQ, 9);
        other.abandon(2);
        other.core.internal("initial");
        q.abandon(2);
        for (Site site : List.of(q, other)) {
            site.record(1);
            site.receive(PQ, 4);
        }
        assertEquals(q.core.value(), other.core.value());
        assertEquals(q.core.value().toString(), other.core.value().toString());
        assertEquals(q.core.value().hashCode(), other.core.value().hashCode());
        other.receive(PQ, 5);
        assertNotEquals(q.core.value(), other.core.value());
    }

    @Test
    void coreContinuesFromAValueTakenInTheMiddleOfSharedLogs() {
        q.record(1);
        q.receive(PQ, 1);
        q.receive(PQ, 1); // Equal messages: logs are aligned at their end.
        q.record(2);
        q.receive(PQ, 1);
        q.receive(RQ, 7);
        q.marker(RQ, 2);
        q.abandon(9);
        Site other = another();
        other.core.set(q.core.value());
        assertEquals(q.core.value(), other.core.value());
        for (Site site : List.of(q, other)) {
            site.receive(PQ, 2);
            site.receive(RQ, 8);
            site.marker(PQ, 2);
            site.receive(PQ, 3);
            site.marker(PQ, 1);
            site.marker(RQ, 1);
            site.marker(RQ, 9);
            assertEquals(List.of(1, 1, 1, 2, 3), site.recorded(1, PQ));
            assertEquals(List.of(1, 2), site.recorded(2, PQ));
            assertEquals(List.of(7, 8), site.recorded(1, RQ));
            assertEquals(List.of(7), site.recorded(2, RQ));
        }
        assertEquals(q.core.value(), other.core.value());
    }

    @Test
    void aValueSetAtAnyMomentMakesNoDifference() {
        for (long seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Site site = another();
            Site other = another();
            Set<List<Object>> marked = new HashSet<>();
            for (int i = 0; i < 30; i++) {
                int choice = random.nextInt(10);
                int s = 1 + random.nextInt(3);
                int c = random.nextInt(2);
                boolean first = choice > 4 || !marked.add(List.of(s, c));
                Site next = another();
                next.core.set(other.core.value());
                next.complete.putAll(other.complete);
                other = next;
                for (Site each : List.of(site, other)) {
                    if (choice == 0) {
                        each.record(s);
                    } else if (!first) {
                        each.marker(c == 0 ? PQ : RQ, s);
                    } else {
                        each.receive(c == 0 ? PQ : RQ, random.split().nextInt(1) + s);
                    }
                }
                assertEquals(site.core.value(), other.core.value(), "seed " + seed);
            }
            Site last = other;
            site.complete.forEach((s, recording) -> assertEquals(
                    recording.value(), last.complete(s.number()).value()));
        }
    }

    @Test
    void valueIsACopy() {
        q.record(1);
        ChandyLamport.Value<String, Integer> value = q.core.value();
        String printed = value.toString();
        q.receive(PQ, 1);
        q.marker(PQ, 1);
        q.marker(RQ, 1);
        assertEquals(printed, value.toString());
        Recording<String, Integer> complete = q.complete(1);
        q.core.set(value);
        q.receive(PQ, 5);
        assertEquals(List.of(1), complete.channels().get(PQ), "what is handed over stays");
    }

    @Test
    void endedIdsAreKeptAsRanges() {
        for (int s = 1; s <= 1000; s++) {
            q.record(s);
            if (s % 2 == 0) {
                q.marker(PQ, s);
                q.marker(RQ, s);
            }
        }
        for (int s = 1; s <= 1000; s += 2) {
            q.marker(PQ, s);
            q.marker(RQ, s);
        }
        Ended.Value ended = q.core.value().ended();
        assertEquals(1, ended.all().asRanges().size(), "neighbours join");
        assertEquals(ImmutableRangeSet.of(), ended.abandoned());
        assertEquals(ImmutableSortedMap.of(), q.core.value().recordings());
        assertTrue(ended.contains(new SnapshotId(1000)));
        assertFalse(ended.contains(new SnapshotId(1001)));
        q.abandon(1001);
        Ended.Value after = q.core.value().ended();
        assertTrue(after.contains(new SnapshotId(1001)));
        assertTrue(after.isAbandoned(new SnapshotId(1001)));
        assertFalse(after.isAbandoned(new SnapshotId(1000)));
    }

    @Test
    void aValueThatIsSetReplacesWhatHadEnded() {
        ChandyLamport.Value<String, Integer> fresh = q.core.value();
        q.abandon(1);
        q.marker(PQ, 2);
        q.marker(RQ, 2);
        q.core.set(fresh);
        assertEquals(fresh, q.core.value());
        assertTrue(q.record(1));
    }

    @Test
    void aRecordingSaysWhoseItIsAndWhatItHolds() {
        q.record(1);
        q.receive(PQ, 7);
        Recording<String, Integer> recording = q.recordings.get(0);
        assertEquals(q.p, recording.process());
        assertTrue(recording.toString().matches("q for 1: .*initial.*p->q=\\[7\\].*"),
                recording::toString);
    }

    @Test
    void oneLinkAMessageHoweverManySnapshotsAreLive() {
        for (int s = 1; s <= 100; s++) {
            q.record(s);
        }
        Incoming.Link<Integer> before = q.in(PQ).last();
        q.receive(PQ, 1);
        assertSame(before.next, q.in(PQ).last(), "one link, shared by all recordings");
        for (int s = 1; s <= 100; s++) {
            q.marker(PQ, s);
            q.marker(RQ, s);
            assertEquals(List.of(1), q.recorded(s, PQ));
        }
    }

    @Test
    void noLinkIsKeptWhenNoRecordingAwaitsTheChannel() {
        q.record(1);
        q.receive(PQ, 1);
        q.marker(PQ, 1);
        Incoming.Link<Integer> last = q.in(PQ).last();
        q.receive(PQ, 2);
        assertSame(last, q.in(PQ).last());
        q.record(2);
        assertNull(q.in(PQ).last().message, "the old message is not kept alive");
        q.abandon(2);
        Incoming.Link<Integer> abandoned = q.in(RQ).last();
        q.marker(RQ, 1);
        q.receive(RQ, 3);
        assertSame(abandoned, q.in(RQ).last(), "abandon drops logs");
    }

    @Test
    void nothingIsAllocatedWhileNoSnapshotIsLive() {
        Site quiet = new Site(Q, List.of(PQ, RQ), List.of(QP), false);
        quiet.record(1); // Had one once.
        quiet.marker(PQ, 1);
        quiet.marker(RQ, 1);
        Incoming<Integer> c = quiet.in(PQ);
        Integer message = 1;
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) { // The first may also pay for the measurement.
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 100_000; i++) {
                quiet.core.receive(c, message, "state");
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertTrue(least < 1000, least + " bytes for 100,000 messages");
    }
}
