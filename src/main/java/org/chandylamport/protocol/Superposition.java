package org.chandylamport.protocol;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import com.google.common.collect.Maps;
import com.google.common.collect.Multimaps;
import java.util.ArrayList;
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

    /** Keeps the messages of a step until its end. */
    private static final class StepOutbox<M> implements Outbox<M> {

        /** Up to so many channels are looked through faster than a map finds one. */
        private static final int FEW = 8;

        private final ProcessId p;
        private final ImmutableList<Outgoing<M>> outgoing;
        private final boolean many;
        private final ImmutableMap<Channel, Outgoing<M>> byChannel;
        private final ImmutableListMultimap<ProcessId, Outgoing<M>> byReceiver;
        private final List<Outgoing<M>> channels = new ArrayList<>(1);
        private final List<M> messages = new ArrayList<>(1);
        private boolean open;

        StepOutbox(ProcessId p, List<? extends Outgoing<M>> outgoing) {
            this.p = p;
            this.outgoing = ImmutableList.copyOf(outgoing);
            this.many = outgoing.size() > FEW;
            List<Outgoing<M>> mapped = many ? this.outgoing : List.of();
            this.byChannel = Maps.uniqueIndex(mapped, Outgoing::channel);
            this.byReceiver = Multimaps.index(mapped, c -> c.channel().to());
        }

        @Override
        public void send(ProcessId to, M message) {
            List<Outgoing<M>> choices = many ? byReceiver.get(to) : outgoing;
            Outgoing<M> found = null;
            for (int i = 0; i < choices.size(); i++) { // An iterator would be allocated.
                Outgoing<M> c = choices.get(i);
                if (c.channel().to().equals(to)) {
                    if (found != null) {
                        throw severalLeadTo(to);
                    }
                    found = c;
                }
            }
            checkArgument(found != null, "no channel leads from %s to %s", p, to);
            add(requireNonNull(found), message);
        }

        @Override
        public void send(Channel channel, M message) {
            Outgoing<M> found = many ? byChannel.get(channel) : among(channel);
            checkArgument(found != null, "channel %s does not lead away from %s", channel, p);
            add(requireNonNull(found), message);
        }

        private IllegalArgumentException severalLeadTo(ProcessId to) {
            return new IllegalArgumentException(
                    "several channels lead from " + p + " to " + to + ", choose one: "
                            + outgoing.stream().filter(c -> c.channel().to().equals(to)).toList());
        }

        @SuppressWarnings("ReferenceEquality") // Mostly it is the same object, found faster.
        private @Nullable Outgoing<M> among(Channel channel) {
            for (int i = 0; i < outgoing.size(); i++) { // An iterator would be allocated.
                if (outgoing.get(i).channel() == channel) {
                    return outgoing.get(i);
                }
            }
            return Iterables.find(outgoing, c -> c.channel().equals(channel), null);
        }

        private void add(Outgoing<M> c, M message) {
            checkState(open, "the outbox of %s is used outside its step", p);
            checkArgument(!(message instanceof Marker), "%s sends a marker as a message", p);
            channels.add(c);
            messages.add(requireNonNull(message, "message"));
        }

        void open() {
            clear();
            open = true;
        }

        void close() {
            open = false;
        }

        <S> void sendAll(ChandyLamport<S, M> core, S after) {
            for (int i = 0; i < messages.size(); i++) {
                core.send(channels.get(i), messages.get(i), after, true);
            }
            clear();
        }

        private void clear() {
            if (!channels.isEmpty()) {
                channels.clear();
                messages.clear();
            }
        }
    }
}
