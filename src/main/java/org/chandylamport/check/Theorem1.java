package org.chandylamport.check;

import org.chandylamport.model.Computation;
import org.chandylamport.model.Snapshot;

/**
 * The second oracle, Theorem 1 of the paper (section 4) as a construction. The events that their
 * processes performed before they recorded are moved in front of all others, without any other
 * change of order. What results is a computation again, it passes through the recorded global
 * state, and it ends where the original ends: so the recorded state could have been reached, and
 * what followed could have followed it.
 */
public sealed interface Theorem1<S, M> {

    /**
     * Moves the prerecording events in front of the postrecording ones, and replays them. The time
     * it takes is linear in the number of events.
     *
     * @param computation with its RecordState events
     */
    static <S, M> Theorem1<S, M> construct(
            Computation<S, M> computation, Snapshot<S, M> snapshot) {
        return new Permutation<>(computation, snapshot).judge();
    }

    /** Whether the construction succeeds. */
    default boolean holds() {
        return this instanceof Witness;
    }

    /**
     * The construction, and what it shows.
     *
     * @param permuted the events of the underlying computation, in an order that passes through
     *     the recorded state
     * @param index how many of them precede it: the prerecording ones
     */
    record Witness<S, M>(Computation<S, M> permuted, int index) implements Theorem1<S, M> {}

    /** Where the construction fails first. */
    record Refutation<S, M>(Violation violation) implements Theorem1<S, M> {}
}
