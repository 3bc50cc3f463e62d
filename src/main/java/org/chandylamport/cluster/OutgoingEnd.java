package org.chandylamport.cluster;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Longs;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.apache.pekko.util.ByteString;
import org.chandylamport.cluster.Wire.Batch;
import org.chandylamport.cluster.Wire.Numbered;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Marker;
import org.chandylamport.protocol.BrokenChannelException;
import org.chandylamport.protocol.Numbering;
import org.chandylamport.protocol.Outgoing;
import org.chandylamport.store.Codec;
import org.chandylamport.store.CodecException;
import org.jspecify.annotations.Nullable;

/**
 * The sending end of a channel between nodes: numbers messages and markers together. What is sent
 * waits here until it is flushed, and then for room in the receiver's window, up to a capacity that
 * counts messages only: there is always room for a marker. What waits together travels together, in
 * one batch. Confined to the actor of its process.
 */
final class OutgoingEnd<M> implements Outgoing<M> {

    /** How many messages and markers a batch has at most. */
    static final int MOST = 64;

    /** How large a batch is at most, unless it is a single message. */
    private static final int MOST_BYTES = 1 << 15;

    private final Channel channel;
    private final Codec<M> codec;
    private final int capacity;
    private final Numbering numbering;
    private final Deque<Numbered> waiting = new ArrayDeque<>();
    private @Nullable Consumer<Batch> room;
    private boolean isDirect;
    private boolean isConnected;
    private int messages;

    OutgoingEnd(Channel channel, Codec<M> codec, int capacity) {
        this.channel = channel;
        this.codec = codec;
        this.capacity = capacity;
        this.numbering = new Numbering(channel);
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public void send(M message) {
        byte[] content;
        try {
            content = codec.encode(message);
        } catch (CodecException e) {
            throw new BrokenChannelException(
                    channel, "a message cannot be sent: " + e.getMessage());
        }
        offer(false, content);
    }

    @Override
    public void sendMarker(Marker marker) {
        offer(true, Longs.toByteArray(marker.snapshot().number()));
    }

    private void offer(boolean isMarker, byte[] content) {
        waiting.add(new Numbered(
                numbering.next(), isMarker, ByteString.fromArrayUnsafe(content)));
        messages += isMarker ? 0 : 1;
    }

    /** Whether something waits and there is room. */
    boolean canFlush() {
        return room != null && !waiting.isEmpty();
    }

    /** Hands on what waits, as far as there is room. */
    void flush() {
        while (room != null && !waiting.isEmpty()) {
            Consumer<Batch> to = room;
            room = isDirect ? to : null;
            to.accept(next());
        }
    }

    private Batch next() {
        ImmutableList.Builder<Numbered> carried = ImmutableList.builder();
        int bytes = 0;
        int count = 0;
        do {
            Numbered one = waiting.remove();
            carried.add(one);
            bytes += one.content().size();
            count++;
            messages -= one.isMarker() ? 0 : 1;
        } while (count < MOST && !waiting.isEmpty()
                && bytes + waiting.element().content().size() <= MOST_BYTES);
        return new Batch(carried.build());
    }

    /** The receiver has room for one more batch. */
    void demand(Consumer<Batch> to) {
        isConnected = true;
        room = to;
    }

    /** From now on everything goes there, and nothing holds the sender back. */
    void direct(Consumer<Batch> to) {
        isConnected = true;
        isDirect = true;
        room = to;
    }

    /** Whether the sender must not take a step until there is room again. */
    boolean isFull() {
        return messages >= capacity;
    }

    /** Whether the receiver has ever had room. */
    boolean isConnected() {
        return isConnected;
    }

    @Override
    public String toString() {
        return channel.toString();
    }
}
