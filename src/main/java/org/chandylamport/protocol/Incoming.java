package org.chandylamport.protocol;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.chandylamport.model.Channel;
import org.jspecify.annotations.Nullable;

/**
 * The receiving end of a channel at one process, with the log of the messages that live recordings
 * share.
 *
 * <p>The log is a linked list of which this holds only the last link. Appending costs the same
 * however many recordings share it. A recording keeps the link at which it opened the channel and
 * the link at which it closed it; what lies between is its own. A link that no recording can reach
 * is garbage, so that nothing is ever trimmed.
 */
public final class Incoming<M> {

    private final ChandyLamport<?, M> owner;
    private final Channel channel;
    private final int position;
    private Link<M> last = new Link<>(null);
    private int awaiting;

    private Incoming(ChandyLamport<?, M> owner, Channel channel, int position) {
        this.owner = owner;
        this.channel = channel;
        this.position = position;
    }

    static <M> ImmutableList<Incoming<M>> of(ChandyLamport<?, M> owner, List<Channel> channels) {
        ImmutableList.Builder<Incoming<M>> incoming = ImmutableList.builder();
        for (int i = 0; i < channels.size(); i++) {
            incoming.add(new Incoming<>(owner, channels.get(i), i));
        }
        return incoming.build();
    }

    /** The channel whose end this is. */
    public Channel channel() {
        return channel;
    }

    /** Throws unless the channel leads to the process of this {@link ChandyLamport}. */
    void requireOwner(ChandyLamport<?, M> core) {
        if (owner != core) {
            throw new IllegalStateException("channel " + channel + " does not lead to " + core);
        }
    }

    /** The place of this channel among the incoming channels of its process, from 0. */
    int position() {
        return position;
    }

    /** One more recording awaits the marker: the link after which its messages follow. */
    Link<M> open() {
        awaiting++;
        return last;
    }

    /** One recording less awaits the marker: the link of its last message. */
    Link<M> close() {
        Link<M> end = last;
        awaiting--;
        assert awaiting >= 0 : channel;
        if (awaiting == 0 && end.message != null) {
            last = new Link<>(null); // Nothing refers to the old message for the log's sake.
        }
        return end;
    }

    /** Keeps a message if a recording awaits the marker. */
    void append(M message) {
        if (awaiting > 0) {
            last = last.next = new Link<>(message);
        }
    }

    /** Starts a log anew, with these messages and so many recordings that await the marker. */
    Link<M> restart(List<M> messages, int recordings) {
        Link<M> first = Link.chain(messages);
        last = first.end();
        awaiting = recordings;
        return first;
    }

    /** The link of the last message so far. */
    Link<M> last() {
        return last;
    }

    @Override
    public String toString() {
        return channel.toString();
    }

    /** One message of the log; the first link of a log has none. */
    static final class Link<M> {

        final @Nullable M message;
        @Nullable Link<M> next;

        Link(@Nullable M message) {
            this.message = message;
        }

        static <M> Link<M> chain(List<M> messages) {
            Link<M> first = new Link<>(null);
            Link<M> link = first;
            for (M message : messages) {
                link = link.next = new Link<>(message);
            }
            return first;
        }

        Link<M> end() {
            Link<M> link = this;
            while (link.next != null) {
                link = link.next;
            }
            return link;
        }

        /** The messages after this link, up to and with the end. */
        ImmutableList<M> until(Link<M> end) {
            if (this == end) {
                return ImmutableList.of();
            }
            ImmutableList.Builder<M> messages = ImmutableList.builder();
            for (Link<M> link = this; link != end; ) {
                link = requireNonNull(link.next);
                messages.add(requireNonNull(link.message));
            }
            return messages.build();
        }
    }
}
