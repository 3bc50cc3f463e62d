package org.chandylamport.model;

/**
 * Where a {@link Behavior} leaves the messages of its current step. They enter their channels when
 * the step ends, in the order in which they were sent. An outbox is valid during its step only.
 *
 * @param <M> messages, immutable
 */
public interface Outbox<M> {

    /**
     * Sends a message along the one channel that leads to the given process.
     *
     * @throws IllegalArgumentException if no channel leads there or several do; the message names
     *     the channels
     * @throws IllegalStateException outside the step for which this outbox was given
     */
    void send(ProcessId to, M message);

    /**
     * Sends a message along the given channel.
     *
     * @throws IllegalArgumentException if the channel does not lead away from this process
     * @throws IllegalStateException outside the step for which this outbox was given
     */
    void send(Channel channel, M message);
}
