package org.chandylamport.sim;

import com.google.common.collect.ImmutableList;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Outbox;
import org.jspecify.annotations.Nullable;

/**
 * What a process may do, as the constant operators of the specification give it: besides reacting
 * as a {@link Behavior}, it may send on its own, one message an event, and the schedule chooses
 * when. Its methods are functions of their arguments.
 *
 * @param <S> states of a process, immutable
 * @param <M> messages, immutable
 */
public interface Underlying<S, M> extends Behavior<S, M> {

    /** A process that does what the behavior does, and sends nothing on its own. */
    static <S, M> Underlying<S, M> of(Behavior<S, M> behavior) {
        if (behavior instanceof Underlying<S, M> underlying) {
            return underlying;
        }
        return new Underlying<>() {
            @Override
            public S receive(S state, Channel channel, M message, Outbox<M> outbox) {
                return behavior.receive(state, channel, message, outbox);
            }

            @Override
            public boolean hasInternal(S state) {
                return behavior.hasInternal(state);
            }

            @Override
            public S internal(S state, Outbox<M> outbox) {
                return behavior.internal(state, outbox);
            }
        };
    }

    /** Whether a process in this state may send a message along c, which leads away from it. */
    default boolean canSend(S state, Channel c) {
        return false;
    }

    /**
     * The message that it may send along c.
     *
     * @throws IllegalStateException if it may not send
     */
    default M message(S state, Channel c) {
        throw new IllegalStateException("nothing is sent along " + c + " in state " + state);
    }

    /** The state after it has sent that message. */
    default S afterSend(S state, Channel c) {
        return state;
    }

    /**
     * All messages that {@code c.from()} has sent along c when it is in this state; null if the
     * state does not tell.
     */
    default @Nullable ImmutableList<M> sent(S state, Channel c) {
        return null;
    }

    /**
     * All messages that {@code c.to()} has received along c when it is in this state; null if the
     * state does not tell.
     */
    default @Nullable ImmutableList<M> received(S state, Channel c) {
        return null;
    }
}
