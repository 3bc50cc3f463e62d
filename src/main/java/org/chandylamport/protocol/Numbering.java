package org.chandylamport.protocol;

import org.chandylamport.model.Channel;
import org.jspecify.annotations.Nullable;

/**
 * The numbers along a channel that may not be reliable, at one of its ends. Messages and markers
 * are numbered together: 1, 2, 3… The sender gives each the next number; the receiver finds the gap
 * or the duplicate before it receives what comes after it, and so never closes a recorded channel
 * that lacks a message or holds one twice.
 *
 * <p>Each end has an instance of its own, confined to one thread at a time.
 */
public final class Numbering {

    private final Channel channel;
    private long last;
    private @Nullable BrokenChannelException fault;

    /** One end of the channel, along which nothing has been sent yet. */
    public Numbering(Channel channel) {
        this.channel = channel;
    }

    /** The number of the message or marker that is sent next. */
    public long next() {
        return ++last;
    }

    /**
     * What has this number has arrived, and may be received.
     *
     * @throws BrokenChannelException unless it is the next one; and again at every call after that
     */
    public void arrived(long number) {
        if (fault == null && number != last + 1) {
            fault = new BrokenChannelException(channel, number <= last
                    ? "number " + number + " came again, after " + last
                    : missing(number) + ", " + number + " came "
                            + (last == 0 ? "first" : "after " + last));
        }
        if (fault != null) {
            throw fault;
        }
        last = number;
    }

    private String missing(long number) {
        return number == last + 2
                ? "number " + (last + 1) + " is missing"
                : "numbers " + (last + 1) + " to " + (number - 1) + " are missing";
    }
}
