package org.chandylamport.app;

import org.chandylamport.model.Behavior;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;

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

    /** How many messages it sends from its initial state until it ends. */
    long messages();
}
