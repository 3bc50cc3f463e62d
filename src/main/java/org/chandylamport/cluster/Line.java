package org.chandylamport.cluster;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a connection with reliable delivery: keeps, in order, what it is given until
 * it is asked for more. Confined to one actor.
 */
final class Line<T> {

    private final Deque<T> waiting = new ArrayDeque<>();
    private @Nullable ActorRef<T> demand;
    private boolean isConnected;

    void offer(T element) {
        if (demand == null) {
            waiting.add(element);
        } else {
            demand.tell(element);
            demand = null;
        }
    }

    /** The receiver has room for one more. */
    void demand(ActorRef<T> sendNextTo) {
        isConnected = true;
        T next = waiting.poll();
        if (next == null) {
            demand = sendNextTo;
        } else {
            sendNextTo.tell(next);
        }
    }

    /** Whether nothing waits here. */
    boolean isIdle() {
        return waiting.isEmpty();
    }

    /** Whether the receiver has ever had room. */
    boolean isConnected() {
        return isConnected;
    }
}
