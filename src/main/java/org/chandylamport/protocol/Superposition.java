package org.chandylamport.protocol;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Marker;
import org.chandylamport.model.Outbox;
import org.chandylamport.model.ProcessId;

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

        private final ProcessId p;
        private final Map<Channel, Outgoing<M>> byChannel = new HashMap<>();
        private final Map<ProcessId, List<Outgoing<M>>> byReceiver = new HashMap<>();
        private final List<Outgoing<M>> channels = new ArrayList<>();
        private final List<M> messages = new ArrayList<>();
        private boolean open;

        StepOutbox(ProcessId p, List<? extends Outgoing<M>> outgoing) {
            this.p = p;
            for (Outgoing<M> c : outgoing) {
                byChannel.put(c.channel(), c);
                byReceiver.computeIfAbsent(c.channel().to(), q -> new ArrayList<>(1)).add(c);
            }
        }

        @Override
        public void send(ProcessId to, M message) {
            List<Outgoing<M>> choices = byReceiver.getOrDefault(to, List.of());
            checkArgument(!choices.isEmpty(), "no channel leads from %s to %s", p, to);
            checkArgument(choices.size() == 1,
                    "several channels lead from %s to %s, choose one: %s", p, to, choices);
            add(choices.get(0), message);
        }

        @Override
        public void send(Channel channel, M message) {
            Outgoing<M> c = byChannel.get(channel);
            checkArgument(c != null, "channel %s does not lead away from %s", channel, p);
            add(requireNonNull(c), message);
        }

        private void add(Outgoing<M> c, M message) {
            checkState(open, "the outbox of %s is used outside its step", p);
            checkArgument(!(message instanceof Marker), "%s sends a marker as a message", p);
            channels.add(c);
            messages.add(requireNonNull(message, "message"));
        }

        void open() {
            channels.clear();
            messages.clear();
            open = true;
        }

        void close() {
            open = false;
        }

        <S> void sendAll(ChandyLamport<S, M> core, S after) {
            for (int i = 0; i < messages.size(); i++) {
                core.send(channels.get(i), messages.get(i), after, true);
            }
            messages.clear(); // Keeps none alive.
        }
    }
}
