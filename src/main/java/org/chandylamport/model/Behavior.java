package org.chandylamport.model;

/**
 * What a process does: its part of the underlying computation, on which the algorithm is
 * superimposed.
 *
 * <p>A <em>step</em> of a process receives one message, or is internal, and then sends any number
 * of messages. It is atomic: no snapshot falls between its parts. A process performs one step at a
 * time; a behavior given to several processes is called by several threads and must be stateless
 * or thread-safe. A step must not block.
 *
 * @param <S> states of a process, immutable: recording one copies a reference; never null
 * @param <M> messages, immutable; never null and never a {@link Marker}
 */
@FunctionalInterface
public interface Behavior<S, M> {

    /** Receives a message along an incoming channel, and returns the state after the step. */
    S receive(S state, Channel channel, M message, Outbox<M> outbox);

    /** Whether {@link #internal} has work to do in this state. */
    default boolean hasInternal(S state) {
        return false;
    }

    /** Acts without a message, and returns the state after the step. */
    default S internal(S state, Outbox<M> outbox) {
        return state;
    }

    /** One internal step of a process, for instance one that is handed in from outside. */
    @FunctionalInterface
    interface Step<S, M> {

        /** Acts on the state, and returns the state after the step. */
        S internal(S state, Outbox<M> outbox);
    }
}
