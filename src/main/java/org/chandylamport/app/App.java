package org.chandylamport.app;

import com.google.common.collect.ImmutableSortedMap;
import java.util.Optional;
import org.chandylamport.check.StableProperty;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.store.Codec;
import org.chandylamport.store.SnapshotCodec;

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

    /** How snapshots are stored and sent. */
    default Codec<Snapshot<S, M>> snapshotCodec() {
        return new SnapshotCodec<>(stateCodec(), messageCodec());
    }

    /** The stable properties that can be detected, by name. */
    default ImmutableSortedMap<String, StableProperty<S, M>> properties() {
        return ImmutableSortedMap.of("termination", this::termination);
    }

    /** Nothing remains to be done. */
    default Optional<String> termination(GlobalState<S, M> state) {
        return remaining(state) > 0
                ? Optional.empty()
                : Optional.of("no process will send, and no message is in transit");
    }

    /** What is wrong with this global state, in a sentence, if the app can never be in it. */
    Optional<String> violation(GlobalState<S, M> state);
}
