package org.chandylamport.protocol;

import org.chandylamport.model.Channel;
import org.chandylamport.model.Marker;

/**
 * The sending end of a channel, which a driver supplies. Messages and markers leave the channel in
 * the order in which they were sent: a marker must not travel by another way.
 */
public interface Outgoing<M> {

    /** The channel whose end this is. */
    Channel channel();

    /** Sends a message of the underlying computation. */
    void send(M message);

    /** Sends a marker. */
    void sendMarker(Marker marker);
}
