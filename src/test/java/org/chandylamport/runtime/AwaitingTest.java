package org.chandylamport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import java.time.Duration;
import java.util.stream.IntStream;
import org.chandylamport.model.Channel;
import org.chandylamport.model.ProcessId;
import org.junit.jupiter.api.Test;

class AwaitingTest {

    private static final ProcessId P = new ProcessId("p");
    private static final ProcessId Q = new ProcessId("q");
    private static final ProcessId R = new ProcessId("r");

    @Test
    void inWordsWhoIsAwaitedLongestComesFirst() {
        Awaiting awaiting = new Awaiting(
                ImmutableSortedMap.of(R, Duration.ofSeconds(2)), ImmutableSortedMap.of(),
                ImmutableSortedMap.of(
                        Channel.between(R, P), Duration.ofMillis(1500),
                        Channel.between(R, Q), Duration.ofMillis(1999)));
        assertEquals("the state of r (for 2.000 s), the marker of r->q (for 1.999 s),"
                + " r->p (for 1.500 s)", awaiting.toString());
        assertEquals("nothing any more", Awaiting.NOTHING.toString());
    }

    @Test
    void inWordsWhoWasAskedComesFirst() {
        ImmutableSortedMap<ProcessId, Duration> all = ImmutableSortedMap.of(
                P, Duration.ofSeconds(2), Q, Duration.ofSeconds(2), R, Duration.ofSeconds(2));
        assertEquals("the state of q (for 2.000 s), r (for 2.000 s, sent the marker along p->r,"
                + " q->r), p (for 2.000 s)", new Awaiting(all, ImmutableSortedMap.of(
                        Q, ImmutableList.of(),
                        R, ImmutableList.of(Channel.between(P, R), Channel.between(Q, R))),
                        ImmutableSortedMap.of()).toString());
    }

    @Test
    void aLongListIsCutShortAndSaysSo() {
        ImmutableSortedMap<ProcessId, Duration> many = ImmutableSortedMap.copyOf(Maps.toMap(
                IntStream.range(1000, 3000).mapToObj(i -> new ProcessId("p" + i)).iterator(),
                p -> Duration.ZERO));
        String words = new Awaiting(
                many, ImmutableSortedMap.of(), ImmutableSortedMap.of()).toString();
        assertTrue(words.startsWith("the state of p1000 (for 0.000 s), "), words);
        assertTrue(words.endsWith(", p1004 (for 0.000 s) and 1,995 more"), words);
        words = new Awaiting(many.headMap(new ProcessId("p1005")), ImmutableSortedMap.of(),
                ImmutableSortedMap.of()).toString();
        assertTrue(words.endsWith(", p1004 (for 0.000 s)"), words);
    }
}
