package org.chandylamport.sim;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.List;
import java.util.function.BiConsumer;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Marker;
import org.chandylamport.model.ProcessId;
import org.chandylamport.protocol.ChandyLamport;
import org.chandylamport.protocol.Effects;
import org.chandylamport.protocol.Incoming;
import org.chandylamport.protocol.Outgoing;
import org.chandylamport.protocol.Superposition;
import org.jspecify.annotations.Nullable;

/** One process under a chosen schedule: the core, the behavior that it observes, and the ends. */
final class SimulatedProcess<S, M> {

    private final Underlying<S, M> underlying;
    private final ChandyLamport<S, M> core;
    private final Superposition<S, M> superposition;
    private final ImmutableMap<Channel, Incoming<M>> incoming;
    private final ImmutableMap<Channel, End<M>> outgoing;

    /** The process p in its initial state; what it sends goes to the given channels. */
    SimulatedProcess(ProcessId p, Setup<S, M> setup, BiConsumer<Channel, Object> channels,
            Effects<S, M> effects) {
        List<End<M>> ends = setup.topology().outgoing(p).stream()
                .map(c -> new End<M>(c, channels))
                .toList();
        this.underlying = setup.underlying(p);
        this.core = new ChandyLamport<>(p, requireNonNull(setup.initial().processes().get(p)),
                setup.topology().incoming(p), ends, effects);
        this.superposition = new Superposition<>(p, core, underlying, ends);
        this.incoming = Maps.uniqueIndex(core.incoming(), Incoming::channel);
        this.outgoing = Maps.uniqueIndex(ends, End::channel);
    }

    ChandyLamport<S, M> core() {
        return core;
    }

    /**
     * Whether the action is enabled, as far as it depends on the underlying computation and on what
     * the channel brings; null where it brings nothing.
     */
    boolean isEnabled(Action action, @Nullable Object head) {
        if (action instanceof Action.Internal) {
            return superposition.hasInternal();
        } else if (action instanceof Action.Send send) {
            return underlying.canSend(core.state(), send.channel());
        } else if (action instanceof Action.Receive) {
            return head != null && !(head instanceof Marker);
        } else if (action instanceof Action.ReceiveMarker) {
            return head instanceof Marker;
        }
        return true;
    }

    /**
     * Performs the action, which takes the head of its channel.
     *
     * @return whether it was enabled; without effect if it was not
     */
    boolean perform(Action action, @Nullable Object head) {
        if (!isEnabled(action, head)) {
            return false;
        } else if (action instanceof Action.Internal) {
            superposition.internal();
        } else if (action instanceof Action.Send send) {
            S state = core.state();
            core.send(requireNonNull(outgoing.get(send.channel())),
                    underlying.message(state, send.channel()),
                    underlying.afterSend(state, send.channel()), false);
        } else if (action instanceof Action.Receive receive) {
            superposition.receive(in(receive.channel()), requireNonNull(head));
        } else if (action instanceof Action.RecordState record) {
            return core.recordState(record.snapshot());
        } else if (action instanceof Action.ReceiveMarker receive) {
            superposition.receive(in(receive.channel()), requireNonNull(head));
        } else if (action instanceof Action.Abandon abandon) {
            return core.abandon(abandon.snapshot());
        }
        return true;
    }

    private Incoming<M> in(Channel c) {
        return requireNonNull(incoming.get(c), c.name());
    }

    /** The sending end of a channel. */
    private record End<M>(Channel channel, BiConsumer<Channel, Object> contents)
            implements Outgoing<M> {

        @Override
        public void send(M message) {
            contents.accept(channel, requireNonNull(message));
        }

        @Override
        public void sendMarker(Marker marker) {
            contents.accept(channel, marker);
        }

        @Override
        public String toString() {
            return channel.toString();
        }
    }
}
