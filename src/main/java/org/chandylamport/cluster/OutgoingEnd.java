package org.chandylamport.cluster;

import com.google.common.primitives.Longs;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;
import org.chandylamport.cluster.Wire.Numbered;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Marker;
import org.chandylamport.protocol.BrokenChannelException;
import org.chandylamport.protocol.Numbering;
import org.chandylamport.protocol.Outgoing;
import org.chandylamport.store.Codec;
import org.chandylamport.store.CodecException;

/**
 * The sending end of a channel between nodes: numbers messages and markers together. What does not
 * fit into the receiver's window waits here, up to a capacity that counts messages only: there is
 * always room for a marker. Confined to the actor of its process.
 */
final class OutgoingEnd<M> implements Outgoing<M> {

    private final Channel channel;
    private final Codec<M> codec;
    private final int capacity;
    private final Numbering numbering;
    private final Line<Numbered> line = new Line<>(carried -> carried.isMarker() ? 0 : 1);

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
        line.offer(new Numbered(
                numbering.next(), isMarker, ByteString.fromArrayUnsafe(content)));
    }

    /** The receiver has room for one more message or marker. */
    void demand(ActorRef<Numbered> sendNextTo) {
        line.demand(sendNextTo);
    }

    /** From now on everything goes there at once, and nothing holds the sender back. */
    void direct(Consumer<Numbered> to) {
        line.direct(to);
    }

    /** Whether the sender must not take a step until there is room again. */
    boolean isFull() {
        return line.load() >= capacity;
    }

    /** Whether the receiver has ever had room. */
    boolean isConnected() {
        return line.isConnected();
    }

    @Override
    public String toString() {
        return channel.toString();
    }
}
