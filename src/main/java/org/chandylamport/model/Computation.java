package org.chandylamport.model;

import com.google.common.collect.ImmutableList;

/**
 * A computation of a distributed system: an initial global state and the events that followed, in
 * one linear order that keeps the order of each process and receives nothing before it is sent.
 *
 * @param initial the global state before the first event
 * @param events all events, those of the algorithm included
 */
public record Computation<S, M>(
        Topology topology, GlobalState<S, M> initial, ImmutableList<Event<S, M>> events) {

    /** The events of the underlying computation alone. */
    public ImmutableList<Event.Environment<S, M>> underlying() {
        return events.stream()
                .filter(Event.Environment.class::isInstance)
                .map(event -> (Event.Environment<S, M>) event)
                .collect(ImmutableList.toImmutableList());
    }
}
