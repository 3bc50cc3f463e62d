package org.chandylamport.runtime;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Queue;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Marker;
import org.chandylamport.protocol.BrokenChannelException;
import org.chandylamport.protocol.Incoming;
import org.chandylamport.protocol.Outgoing;
import org.jctools.queues.varhandle.SpscGrowableVarHandleArrayQueue;
import org.jctools.queues.varhandle.unpadded.SpscGrowableVarHandleUnpaddedArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * A channel: a queue with one producer, the process that it leads away from, and one consumer, the
 * process that it leads to.
 *
 * <p>The producer tells the consumer that there is something to receive by pushing the channel into
 * the consumer's inbox, once: {@code signalled} is true from then until the consumer has found the
 * queue empty. No element is forgotten, because each side writes, fences, and then reads what the
 * other side writes (Dekker): the producer offers an element, and then reads {@code signalled}; the
 * consumer clears {@code signalled}, and then polls again. The producer may fence once for several
 * elements, at the latest when its process stops running. Where both sides find out at the same
 * time, the compare-and-set of {@code signalled} decides which of them puts the channel forward.
 *
 * <table>
 * <caption>Shared fields</caption>
 * <tr><th>field</th><th>written by</th><th>read by</th><th>access</th><th>why</th></tr>
 * <tr><td>queue</td><td>producer, consumer</td><td>producer, consumer</td><td>the queue's own
 *     release and acquire</td><td>publishes messages and markers, in order</td></tr>
 * <tr><td>signalled</td><td>producer (to true), consumer (to false, to true)</td><td>both</td>
 *     <td>opaque read, CAS, release write; full fences around</td>
 *     <td>one inbox entry at a time; hands the inbox node over to the producer</td></tr>
 * <tr><td>unannounced</td><td>producer</td><td>producer</td><td>plain</td><td>whether the fence is
 *     still owed</td></tr>
 * </table>
 *
 * <p>Progress: sending is wait-free, except that the first message to a consumer that is not yet
 * signalled pushes into a lock-free inbox, and that a full chunk allocates one of twice the size.
 * Receiving is wait-free.
 *
 * <p>Memory consistency effects: what the sender did before it sent happens-before what the
 * receiver does after it received.
 */
final class ChannelQueue<S, M> extends Input<S, M> implements Outgoing<M> {

    private static final int MANY = 4096;
    private static final int INITIAL_CAPACITY = 16;
    private static final int MOST_MESSAGES = 1 << 30;
    private static final VarHandle SIGNALLED;

    static {
        try {
            SIGNALLED = MethodHandles.lookup()
                    .findVarHandle(ChannelQueue.class, "signalled", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Queue<Object> queue;
    private final Channel channel;
    private final LocalProcess<S, M> from;
    private final LocalProcess<S, M> to;
    private @Nullable Incoming<M> incoming;

    @SuppressWarnings("unused") // Accessed through SIGNALLED.
    private boolean signalled;
    private boolean unannounced;

    ChannelQueue(Channel channel, LocalProcess<S, M> from, LocalProcess<S, M> to) {
        this(channel, from, to, newQueue(1));
    }

    /** @param queue carries messages and markers: reliable, with one producer and one consumer */
    ChannelQueue(
            Channel channel,
            LocalProcess<S, M> from,
            LocalProcess<S, M> to,
            Queue<Object> queue) {
        this.queue = queue;
        this.channel = channel;
        this.from = from;
        this.to = to;
    }

    /**
     * A reliable queue for each of so many channels. Where there are many, most are idle at any
     * time, and what matters is how much memory one touches, not that its two ends share a line.
     */
    static Queue<Object> newQueue(int channels) {
        return channels > MANY
                ? new SpscGrowableVarHandleUnpaddedArrayQueue<>(INITIAL_CAPACITY, MOST_MESSAGES)
                : new SpscGrowableVarHandleArrayQueue<>(INITIAL_CAPACITY, MOST_MESSAGES);
    }

    /** Joins the channel to the core that receives from it; before the threads start. */
    void connect(Incoming<M> end, Iterable<M> messages) {
        incoming = end;
        messages.forEach(this::put);
        signalled = true;
        to.inbox().push(this);
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public void send(M message) {
        offer(message);
    }

    @Override
    public void sendMarker(Marker marker) {
        offer(marker);
    }

    private void put(Object messageOrMarker) {
        if (!queue.offer(messageOrMarker)) {
            throw new BrokenChannelException(channel, "its queue is full");
        }
    }

    private void offer(Object messageOrMarker) {
        put(messageOrMarker);
        if (!(boolean) SIGNALLED.getOpaque(this)) {
            signal();
        } else if (!unannounced) {
            unannounced = true;
            from.announceLater(this);
        }
    }

    /** Tells the consumer of what was sent, if it does not know; after a full fence. */
    void announce() {
        unannounced = false;
        if (!(boolean) SIGNALLED.getOpaque(this)) {
            signal();
        }
    }

    private void signal() {
        if (SIGNALLED.compareAndSet(this, false, true) && to.inbox().push(this)) {
            from.worker().schedule(to);
        }
    }

    @Override
    int run(LocalProcess<S, M> process, int most) {
        int count = 0;
        Incoming<M> end = requireNonNull(incoming);
        for (Object next = queue.poll(); next != null; next = count < most ? queue.poll() : null) {
            process.receive(end, next);
            count++;
        }
        return count;
    }

    @Override
    boolean hasMore(boolean drained) {
        if (!drained) {
            return true;
        }
        SIGNALLED.setRelease(this, false); // Paired with the CAS in signal: this node is free.
        VarHandle.fullFence(); // Paired with the one in LocalProcess.announce.
        return queue.peek() != null && SIGNALLED.compareAndSet(this, false, true);
    }

    @Override
    public String toString() {
        return channel.toString();
    }
}
