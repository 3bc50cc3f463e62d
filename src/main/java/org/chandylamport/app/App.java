package org.chandylamport.app;

import java.util.Optional;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.store.Codec;

/**
 * An underlying computation that ends by itself, after a number of messages that is known from the
 * start.
 *
 * @param <S> states of processes
 * @param <M> messages
 */
public interface App<S, M> {

    /** What the process does. */
    Behavior<S, M> behavior(ProcessId p);

    /** The global state in which it starts. */
    GlobalState<S, M> initial();

    /** How many messages are received after this global state until it ends. */
    long remaining(GlobalState<S, M> state);

    /** How many messages are received from the initial state until it ends. */
    default long messages() {
        return remaining(initial());
    }

    /** How states are stored and sent. */
    Codec<S> stateCodec();

    /** How messages are stored and sent. */
    Codec<M> messageCodec();

    /** What is wrong with this global state, in a sentence, if the app can never be in it. */
    Optional<String> violation(GlobalState<S, M> state);
}
