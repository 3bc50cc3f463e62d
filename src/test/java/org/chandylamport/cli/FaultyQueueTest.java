package org.chandylamport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.google.common.collect.ImmutableList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FaultyQueueTest {

    private final List<Fault> injected = new ArrayList<>();

    /** Does this to every element that it can do it to. */
    private Queue<Object> always(Fault fault) {
        return new FaultyQueue(new ArrayDeque<>(), ImmutableList.of(fault), 1,
                new SplittableRandom(1), injected::add);
    }

    /** What comes out, each time after a look at what is next. */
    private static List<Object> delivered(Queue<Object> queue, Object... elements) {
        for (Object element : elements) {
            queue.offer(element);
        }
        List<Object> delivered = new ArrayList<>();
        while (queue.peek() != null) {
            Object next = queue.poll();
            if (next != null) {
                delivered.add(next);
            }
        }
        assertNull(queue.poll());
        return delivered;
    }

    @Test
    void whatIsDroppedIsNotDelivered() {
        assertEquals(List.of(2, 4), delivered(always(Fault.drop), 1, 2, 3, 4, 5));
        assertEquals(3, injected.size());
    }

    @Test
    void whatIsDuplicatedIsDeliveredTwiceInARow() {
        assertEquals(List.of(1, 1, 2, 2), delivered(always(Fault.duplicate), 1, 2));
        assertEquals(2, injected.size());
    }

    @Test
    void whatIsReorderedIsDeliveredAfterItsSuccessorAndNothingIsHeldForEver() {
        assertEquals(List.of(2, 1, 4, 3, 5), delivered(always(Fault.reorder), 1, 2, 3, 4, 5));
        assertEquals(List.of(Fault.reorder, Fault.reorder), injected);
    }

    @Test
    void whatIsSparedIsDeliveredAsItWasSent() {
        Queue<Object> queue = new FaultyQueue(new ArrayDeque<>(), ImmutableList.of(Fault.drop),
                Integer.MAX_VALUE, new SplittableRandom(1), injected::add);
        assertEquals(List.of(1, 2, 3), delivered(queue, 1, 2, 3));
        assertEquals(List.of(), injected);
    }
}
