package org.chandylamport.runtime;

import java.util.function.Consumer;
import org.chandylamport.model.Event;
import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.varhandle.SpscUnboundedVarHandleArrayQueue;

/**
 * The events of one process, in order, on their way to the observer: a single-producer
 * single-consumer queue. It takes whatever it is given; a process does not run while it is full, so
 * that it holds little more than {@link #CAPACITY} events and those of one turn.
 *
 * <p>Memory consistency effects: appending happens-before observing.
 */
final class EventLog<S, M> implements Consumer<Event<S, M>> {

    /** From how many events on the log is full. */
    static final int CAPACITY = 2048;

    private static final int CHUNK = 256;

    private final SpscUnboundedVarHandleArrayQueue<Event<S, M>> events =
            new SpscUnboundedVarHandleArrayQueue<>(CHUNK);

    @Override
    public void accept(Event<S, M> event) {
        events.offer(event);
    }

    boolean isFull() {
        return events.size() >= CAPACITY;
    }

    /** Hands events over, in order, and returns how many. */
    int drainTo(MessagePassingQueue.Consumer<Event<S, M>> observer) {
        return events.drain(observer, CAPACITY);
    }
}
