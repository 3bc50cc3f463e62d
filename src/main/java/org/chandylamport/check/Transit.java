package org.chandylamport.check;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import java.util.LinkedHashSet;
import java.util.Set;
import org.chandylamport.model.Channel;
import org.jspecify.annotations.Nullable;

/**
 * One channel as an audit sees it: the messages that were sent and may still be needed, numbered
 * from 1 in the order of sending, and how far its two ends have come.
 *
 * <p>A message is forgotten when it is received, unless a cut may still cross it: one at which the
 * receiver has recorded and the sender has not pins all messages after it. The pins follow the
 * receiver's log, so that the first holds the oldest message, and a message costs the same however
 * many cuts pin it.
 */
final class Transit<M> {

    final Channel channel;
    /** Its place among the channels of the topology. */
    final int index;

    private final Set<Boundary> pins = new LinkedHashSet<>(0);
    private long pinnedAfter = Long.MAX_VALUE;

    /** The messages {@code forgotten + 1 .. sent}, each at its number modulo the length. */
    private @Nullable Object[] ring = new Object[4];
    private long forgotten;
    private long sent;
    private long received;

    private long unsent;
    private long differing;
    private String difference = "";

    Transit(Channel channel, int index, ImmutableList<M> initial) {
        this.channel = channel;
        this.index = index;
        initial.forEach(this::send);
    }

    void send(M message) {
        if (sent - forgotten == ring.length) {
            grow();
        }
        sent++;
        ring[(int) sent & ring.length - 1] = message;
    }

    void receive(M message) {
        received++;
        if (received > sent) {
            unsent = unsent == 0 ? received : unsent;
        } else {
            Object expected = requireNonNull(ring[(int) received & ring.length - 1]);
            if (differing == 0 && !expected.equals(message)) {
                differing = received;
                difference = channel.to() + " received " + Violations.quote(message)
                        + " as message " + received + " of " + channel + ", but " + channel.from()
                        + " sent " + Violations.quote(expected) + " as that message";
            }
        }
        forget();
    }

    /** Keeps the messages from now on, until the cut has seen the sender record. */
    void pin(Boundary cut) {
        if (pins.isEmpty()) {
            pinnedAfter = received;
        }
        pins.add(cut);
    }

    boolean isPinnedBy(Boundary cut) {
        return pins.contains(cut);
    }

    /** Lets go of what only this cut needed. */
    void unpin(Boundary cut) {
        if (pins.remove(cut)) {
            pinnedAfter = pins.isEmpty()
                    ? Long.MAX_VALUE
                    : pins.iterator().next().receivedBefore(this);
            forget();
        }
    }

    /** The messages numbered {@code after + 1 .. last}; they must not be forgotten. */
    ImmutableList<Object> messages(long after, long last) {
        assert after >= forgotten && last <= sent : channel;
        ImmutableList.Builder<Object> messages = ImmutableList.builder();
        for (long number = after + 1; number <= last; number++) {
            messages.add(requireNonNull(ring[(int) number & ring.length - 1]));
        }
        return messages.build();
    }

    long sent() {
        return sent;
    }

    long received() {
        return received;
    }

    /** How many messages are kept. */
    long retained() {
        return sent - forgotten;
    }

    /** The first received message that was not sent by then, or 0 if there is none. */
    long firstUnsent() {
        return unsent;
    }

    /** The first received message that is not the one sent, or 0 if there is none. */
    long firstDifferent() {
        return differing;
    }

    /** How the first received message that is not the one sent differs; empty if there is none. */
    String difference() {
        return difference;
    }

    private void forget() {
        long last = Math.min(Math.min(received, sent), pinnedAfter);
        while (forgotten < last) {
            forgotten++;
            ring[(int) forgotten & ring.length - 1] = null;
        }
    }

    private void grow() {
        @Nullable Object[] larger = new Object[2 * ring.length];
        for (long number = forgotten + 1; number <= sent; number++) {
            larger[(int) number & larger.length - 1] = ring[(int) number & ring.length - 1];
        }
        ring = larger;
    }
}
