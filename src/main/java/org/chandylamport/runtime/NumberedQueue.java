package org.chandylamport.runtime;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ForwardingQueue;
import java.util.Queue;
import org.chandylamport.model.Channel;
import org.chandylamport.protocol.BrokenChannelException;
import org.chandylamport.protocol.Numbering;
import org.jspecify.annotations.Nullable;

/**
 * The queue of a channel along which every message and marker carries its number. {@link #poll}
 * throws a {@link BrokenChannelException}, instead of what comes after a gap or a duplicate.
 *
 * <p>Shares nothing but the queue that it wraps: numbers are given out by the producer, and checked
 * by the consumer.
 */
public final class NumberedQueue extends ForwardingQueue<Object> {

    private final Queue<Object> queue;
    private final Numbering sender;
    private final Numbering receiver;

    private record Numbered(long number, Object messageOrMarker) {}

    /** @param queue carries what is numbered; it is given to nobody else */
    public NumberedQueue(Channel channel, Queue<Object> queue) {
        this.queue = queue;
        this.sender = new Numbering(channel);
        this.receiver = new Numbering(channel);
    }

    @Override
    protected Queue<Object> delegate() {
        return queue;
    }

    @Override
    public boolean offer(@Nullable Object messageOrMarker) {
        return queue.offer(new Numbered(sender.next(), requireNonNull(messageOrMarker)));
    }

    @Override
    public @Nullable Object poll() {
        Numbered next = (Numbered) queue.poll();
        if (next == null) {
            return null;
        }
        receiver.arrived(next.number);
        return next.messageOrMarker;
    }
}
