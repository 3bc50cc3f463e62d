package org.chandylamport.cluster;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a connection with reliable delivery: keeps, in order, what it is given until
 * it is asked for more. Confined to one actor.
 */
final class Line<T> {

    private final Deque<T> waiting = new ArrayDeque<>();
    private final ToIntFunction<T> weight;
    private @Nullable ActorRef<T> demand;
    private @Nullable Consumer<T> direct;
    private boolean isConnected;
    private int load;

    /** @param weight what an element counts in {@link #load} */
    Line(ToIntFunction<T> weight) {
        this.weight = weight;
    }

    void offer(T element) {
        if (direct != null) {
            direct.accept(element);
        } else if (demand != null) {
            demand.tell(element);
            demand = null;
        } else {
            waiting.add(element);
            load += weight.applyAsInt(element);
        }
    }

    /** The receiver has room for one more. */
    void demand(ActorRef<T> sendNextTo) {
        isConnected = true;
        T next = waiting.poll();
        if (next == null) {
            demand = sendNextTo;
        } else {
            load -= weight.applyAsInt(next);
            sendNextTo.tell(next);
        }
    }

    /** From now on nothing waits: what is offered goes there at once. */
    void direct(Consumer<T> to) {
        isConnected = true;
        direct = to;
    }

    /** The weight of what waits here. */
    int load() {
        return load;
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
