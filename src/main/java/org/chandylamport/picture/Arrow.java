package org.chandylamport.picture;

import com.fasterxml.jackson.databind.JsonNode;
import org.chandylamport.model.Channel;
import org.chandylamport.model.SnapshotId;
import org.jspecify.annotations.Nullable;

/**
 * A message or a marker on its way along a channel.
 *
 * @param number of a message, its place among all messages of the channel, from 1; of a marker, 0
 * @param from the event that sent it, or {@link #NONE} if the channel held it initially or nobody
 *     sent it
 * @param to the event that received it, or {@link #NONE}
 * @param message what was sent; null of a marker
 * @param marker the snapshot whose marker it is; null of a message
 */
record Arrow(
        Channel channel,
        long number,
        int from,
        int to,
        @Nullable JsonNode message,
        @Nullable SnapshotId marker) {

    /** No event. */
    static final int NONE = -1;

    static Arrow message(Channel channel, long number, int from, int to, JsonNode message) {
        return new Arrow(channel, number, from, to, message, null);
    }

    static Arrow marker(Channel channel, int from, int to, SnapshotId snapshot) {
        return new Arrow(channel, 0, from, to, null, snapshot);
    }

    boolean isMessage() {
        return message != null;
    }
}
