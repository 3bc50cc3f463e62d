package org.chandylamport.cluster;

import com.google.common.primitives.Longs;
import java.util.ArrayDeque;
import java.util.Deque;
import org.chandylamport.cluster.Wire.Batch;
import org.chandylamport.cluster.Wire.Numbered;
import org.chandylamport.model.Marker;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.protocol.BrokenChannelException;
import org.chandylamport.protocol.Incoming;
import org.chandylamport.protocol.Numbering;
import org.chandylamport.store.Codec;
import org.chandylamport.store.CodecException;
import org.jspecify.annotations.Nullable;

/**
 * The receiving end of a channel between nodes: finds gaps and duplicates, and keeps what has
 * arrived until its process takes it. Confined to the actor of its process.
 */
final class IncomingEnd<M> {

    private final Incoming<M> incoming;
    private final Codec<M> codec;
    private final Numbering numbering;
    private final Deque<Held> held = new ArrayDeque<>();

    /** Something that has arrived; the last of a batch, with what says that all are taken. */
    private record Held(Object messageOrMarker, @Nullable Runnable taken) {}

    IncomingEnd(Incoming<M> incoming, Codec<M> codec) {
        this.incoming = incoming;
        this.codec = codec;
        this.numbering = new Numbering(incoming.channel());
    }

    Incoming<M> incoming() {
        return incoming;
    }

    /**
     * Keeps what has arrived.
     *
     * @param isChecked whether its number is looked at
     * @param taken tells the sender that all of it was taken
     * @throws BrokenChannelException if one is not what comes next, or is no message; what stands
     *     before it is kept
     */
    void arrived(Batch batch, boolean isChecked, Runnable taken) {
        int left = batch.carried().size();
        for (Numbered carried : batch.carried()) {
            if (isChecked) {
                numbering.arrived(carried.number());
            }
            held.add(new Held(decoded(carried), --left == 0 ? taken : null));
        }
    }

    private Object decoded(Numbered carried) {
        byte[] content = carried.content().toArrayUnsafe();
        if (carried.isMarker()) {
            return new Marker(new SnapshotId(Longs.fromByteArray(content)));
        }
        try {
            return codec.decode(content);
        } catch (CodecException e) {
            throw new BrokenChannelException(incoming.channel(),
                    "number " + carried.number() + " is no message: " + e.getMessage());
        }
    }

    /** What comes next, or null. */
    @Nullable Object peek() {
        Held next = held.peek();
        return next == null ? null : next.messageOrMarker;
    }

    /** Takes what comes next. */
    Object take() {
        Held next = held.remove();
        if (next.taken != null) {
            next.taken.run();
        }
        return next.messageOrMarker;
    }
}
