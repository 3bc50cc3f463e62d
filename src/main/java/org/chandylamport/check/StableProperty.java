package org.chandylamport.check;

import java.util.Optional;
import org.chandylamport.model.GlobalState;

/**
 * A predicate on global states that stays true once it is true: termination, deadlock, the loss of
 * a token (the paper, section 4). Where it is true of the state in which a snapshot is initiated it
 * is true of the recorded state, and where it is true of the recorded state it is true of the state
 * in which the snapshot is complete.
 *
 * <p>That it is stable is up to whoever states it; nothing here checks that.
 *
 * @param <S> states of processes
 * @param <M> messages
 */
@FunctionalInterface
public interface StableProperty<S, M> {

    /** Why it is true of this state, in a sentence; empty where it is false. */
    Optional<String> witness(GlobalState<S, M> state);

    /** Whether it is true of this state. */
    default boolean holds(GlobalState<S, M> state) {
        return witness(state).isPresent();
    }
}
