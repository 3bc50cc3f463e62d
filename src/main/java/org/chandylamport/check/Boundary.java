package org.chandylamport.check;

import static org.chandylamport.check.Violation.Kind.CHANNEL_STATE;
import static org.chandylamport.check.Violation.Kind.MARKER_RULE;
import static org.chandylamport.check.Violation.Kind.ORPHAN_MESSAGE;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import org.chandylamport.model.Channel;
import org.chandylamport.model.SnapshotId;

/**
 * Where one cut crosses the channels: for each channel, how many messages came before the sender
 * recorded, before the receiver recorded, and before the marker.
 */
final class Boundary {

    private static final long UNKNOWN = -1;

    private final SnapshotId snapshot;
    private final Violations violations;
    private final Matching contents;
    private final List<? extends Transit<?>> channels;
    private final long[] sent;
    private final long[] received;
    private final long[] marker;
    private int markers;

    Boundary(SnapshotId snapshot, List<? extends Transit<?>> channels, Violations violations) {
        this.snapshot = snapshot;
        this.violations = violations;
        this.channels = channels;
        sent = unknown(channels.size());
        received = unknown(channels.size());
        marker = unknown(channels.size());
        contents = new Matching(channels.size(), this::contentDiffers);
    }

    /** The sender of the channel records. */
    void cutBySender(Transit<?> c) {
        sent[c.index] = c.sent();
        checkMarker(c);
        if (received[c.index] != UNKNOWN) {
            cross(c, c.isPinnedBy(this));
            c.unpin(this);
        }
    }

    /**
     * The receiver of the channel records.
     *
     * @param keep whether to keep the messages from now on until the sender has recorded too
     */
    void cutByReceiver(Transit<?> c, boolean keep) {
        received[c.index] = c.received();
        if (sent[c.index] != UNKNOWN) {
            cross(c, true);
        } else if (keep) {
            c.pin(this);
        }
    }

    /** ReceiveMarker: the marker arrived at this place of its channel. */
    void receiveMarker(Transit<?> c) {
        if (marker[c.index] != UNKNOWN) {
            violations.add(MARKER_RULE, c.channel, secondMarker(snapshot, c));
            return;
        }
        marker[c.index] = c.received();
        markers++;
        checkMarker(c);
    }

    static String secondMarker(SnapshotId snapshot, Transit<?> c) {
        return c.channel.to() + " received a second marker of snapshot " + snapshot + " along "
                + c.channel + ", after message " + c.received() + ", but " + c.channel.from()
                + " sends one";
    }

    /** Compares the ends of a channel, once both have recorded. */
    private void cross(Transit<?> c, boolean kept) {
        long last = sent[c.index];
        long before = received[c.index];
        Channel channel = c.channel;
        if (before > last) {
            violations.add(ORPHAN_MESSAGE, channel, last + 1, channel.to() + " received message "
                    + (last + 1) + " of " + channel + " before it recorded, but "
                    + channel.from() + " sent only " + last + " before it recorded");
        }
        if (before >= last) {
            contents.show(c.index, ImmutableList.of());
        } else if (kept) {
            contents.show(c.index, c.messages(before, last));
        }
    }

    private void checkMarker(Transit<?> c) {
        long place = marker[c.index];
        long last = sent[c.index];
        if (place != UNKNOWN && last != UNKNOWN && place != last) {
            violations.add(MARKER_RULE, c.channel, Math.min(place, last) + 1, c.channel.to()
                    + " received the marker of"
                    + " snapshot " + snapshot + " along " + c.channel + " after message " + place
                    + ", but " + c.channel.from() + " sent " + last
                    + " messages before it recorded");
        }
    }

    private void contentDiffers(int c, Object shown, Object recorded) {
        Channel channel = channels.get(c).channel;
        List<?> held = (List<?>) recorded;
        List<?> crossing = (List<?>) shown;
        violations.add(CHANNEL_STATE, channel,
                received[c] + Violations.firstDifference(held, crossing) + 1,
                Violations.difference(channel, held, crossing, received[c]));
    }

    /** How many messages of the channel were received before the receiver recorded. */
    long receivedBefore(Transit<?> c) {
        return received[c.index];
    }

    boolean hasMarker(Transit<?> c) {
        return marker[c.index] != UNKNOWN;
    }

    boolean hasMarkers() {
        return markers > 0;
    }

    Matching contents() {
        return contents;
    }

    /** Whether nothing is to come that these positions are needed for. */
    boolean isKnown() {
        return markers == channels.size() && contents.isComplete();
    }

    private static long[] unknown(int size) {
        long[] numbers = new long[size];
        Arrays.fill(numbers, UNKNOWN);
        return numbers;
    }
}
