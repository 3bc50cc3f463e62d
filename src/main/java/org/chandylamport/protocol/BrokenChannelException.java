package org.chandylamport.protocol;

import org.chandylamport.model.Channel;

/**
 * A channel did not keep the paper's assumptions: it lost, repeated or reordered what was sent
 * along it, or did not take it. No snapshot can be recorded along it any more.
 */
public final class BrokenChannelException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    private final transient Channel channel;
    private final String fault;

    /** @param fault what was found, as in "message 7 is missing" */
    public BrokenChannelException(Channel channel, String fault) {
        super("channel " + channel + " is broken: " + fault);
        this.channel = channel;
        this.fault = fault;
    }

    /** The channel that broke. */
    public Channel channel() {
        return channel;
    }

    /** What was found, without the name of the channel. */
    public String fault() {
        return fault;
    }
}
