package org.chandylamport.runtime;

import org.chandylamport.model.GlobalState;

/**
 * Processes that pass tokens on for ever, in closed loop: what the benchmarks of this package
 * compare, on this runtime and on what else could carry the tokens.
 */
interface Exchange extends AutoCloseable {

    /** How many tokens all processes have received: a moment ago. */
    long received();

    /** Records the global state, and waits for it. */
    Object snapshot();

    @Override
    void close();

    /** The exchange over what a benchmark's parameter names. */
    static Exchange of(
            String over, Graph graph, GlobalState<Integer, Integer> initial) {
        return switch (over) {
            case "network" -> new NetworkExchange(graph, initial);
            case "pekko" -> new ActorExchange(graph, initial);
            default -> new BareExchange(graph, initial, BareExchange.queues(over));
        };
    }
}
