package org.chandylamport.protocol;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ContiguousSet;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import com.google.common.collect.Maps;
import com.google.common.collect.Multimaps;
import java.util.Arrays;
import java.util.List;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Marker;
import org.chandylamport.model.Outbox;
import org.chandylamport.model.ProcessId;
import org.jspecify.annotations.Nullable;

/**
 * The algorithm superimposed on the behavior of a process: performs the behavior's steps and tells
 * {@link ChandyLamport} of them. The same for every driver.
 *
 * <p>A step that throws has no effect: it is not observed, and nothing is sent.
 */
public final class Superposition<S, M> {

    private final ChandyLamport<S, M> core;
    private final Behavior<S, M> behavior;
    private final StepOutbox<M> outbox;

    /** The process p that the core observes, with all channels that lead away from it. */
    public Superposition(
            ProcessId p,
            ChandyLamport<S, M> core,
            Behavior<S, M> behavior,
            List<? extends Outgoing<M>> outgoing) {
        this.core = core;
        this.behavior = behavior;
        this.outbox = new StepOutbox<>(p, outgoing);
    }

    /** Receives what the channel brings: a marker, or a message in one step of the behavior. */
    public void receive(Incoming<M> c, Object messageOrMarker) {
        if (messageOrMarker instanceof Marker marker) {
            core.receiveMarker(c, marker);
            return;
        }
        @SuppressWarnings("unchecked") // A channel carries markers and messages, nothing else.
        M message = (M) messageOrMarker;
        outbox.open();
        S after;
        try {
            after = requireNonNull(
                    behavior.receive(core.state(), c.channel(), message, outbox), NO_STATE);
        } finally {
            outbox.close();
        }
        core.receive(c, message, after);
        outbox.sendAll(core, after);
    }

    /** Whether the behavior has an internal step to take. */
    public boolean hasInternal() {
        return behavior.hasInternal(core.state());
    }

    /** Takes one internal step of the behavior. */
    public void internal() {
        internal(behavior::internal);
    }

    /** Takes one internal step that is given from outside. */
    public void internal(Behavior.Step<S, M> step) {
        outbox.open();
        S after;
        try {
            after = requireNonNull(step.internal(core.state(), outbox), NO_STATE);
        } finally {
            outbox.close();
        }
        core.internal(after);
        outbox.sendAll(core, after);
    }

    private static final String NO_STATE = "the behavior returned no state";

    /**
     * Keeps the messages of a step until its end. A channel is kept by its number: a reference
     * that is stored costs a barrier of the garbage collector.
     */
    private static final class StepOutbox<M> implements Outbox<M> {

        /** Up to so many channels are looked through faster than a map finds one. */
        private static final int FEW = 8;

        private static final int NONE = -1;

        private final ProcessId p;
        private final ImmutableList<Outgoing<M>> outgoing;
        private final boolean many;
        private final ImmutableMap<Channel, Integer> byChannel;
        private final ImmutableListMultimap<ProcessId, Integer> byReceiver;
        private int[] channels = new int[1];
        private Object[] messages = new Object[1];
        private int count;
        private boolean open;

        StepOutbox(ProcessId p, List<? extends Outgoing<M>> outgoing) {
            this.p = p;
            this.outgoing = ImmutableList.copyOf(outgoing);
            this.many = outgoing.size() > FEW;
            ContiguousSet<Integer> mapped =
                    ContiguousSet.closedOpen(0, many ? outgoing.size() : 0);
            this.byChannel = Maps.uniqueIndex(mapped, this::channel);
            this.byReceiver = Multimaps.index(mapped, i -> channel(i).to());
        }

        private Channel channel(int i) {
            return outgoing.get(i).channel();
        }

        @Override
        public void send(ProcessId to, M message) {
            int found = many ? only(to, byReceiver.get(to)) : among(to);
            checkArgument(found != NONE, "no channel leads from %s to %s", p, to);
            add(found, message);
        }

        @Override
        public void send(Channel channel, M message) {
            int found = many ? byChannel.getOrDefault(channel, NONE) : among(channel);
            checkArgument(found != NONE, "channel %s does not lead away from %s", channel, p);
            add(found, message);
        }

        private int only(ProcessId to, List<Integer> found) {
            if (found.size() > 1) {
                throw severalLeadTo(to);
            }
            return found.isEmpty() ? NONE : found.get(0);
        }

        private int among(ProcessId to) {
            int found = NONE;
            for (int i = 0; i < outgoing.size(); i++) {
                if (channel(i).to().equals(to)) {
                    if (found != NONE) {
                        throw severalLeadTo(to);
                    }
                    found = i;
                }
            }
            return found;
        }

        private IllegalArgumentException severalLeadTo(ProcessId to) {
            return new IllegalArgumentException(
                    "several channels lead from " + p + " to " + to + ", choose one: "
                            + outgoing.stream().filter(c -> c.channel().to().equals(to)).toList());
        }

        @SuppressWarnings("ReferenceEquality") // Mostly it is the same object, found faster.
        private int among(Channel channel) {
            for (int i = 0; i < outgoing.size(); i++) {
                if (channel(i) == channel) {
                    return i;
                }
            }
            return Iterables.indexOf(outgoing, c -> c.channel().equals(channel));
        }

        private void add(int channel, M message) {
            checkState(open, "the outbox of %s is used outside its step", p);
            checkArgument(!(message instanceof Marker), "%s sends a marker as a message", p);
            requireNonNull(message, "message");
            if (count == messages.length) {
                channels = Arrays.copyOf(channels, 2 * count);
                messages = Arrays.copyOf(messages, 2 * count);
            }
            channels[count] = channel;
            messages[count++] = message;
        }

        void open() {
            count = 0;
            open = true;
        }

        void close() {
            open = false;
        }

        @SuppressWarnings({"unchecked", "NullAway"}) // Only add fills the arrays; this clears them.
        <S> void sendAll(ChandyLamport<S, M> core, S after) {
            for (int i = 0; i < count; i++) {
                core.send(outgoing.get(channels[i]), (M) messages[i], after, true);
                messages[i] = null;
            }
        }
    }
}
