package org.chandylamport.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A global state of a distributed system: a state for each process, and for each channel the
 * messages in transit, first sent first (the paper, section 2).
 */
public record GlobalState<S, M>(
        ImmutableSortedMap<ProcessId, S> processes,
        ImmutableSortedMap<Channel, ImmutableList<M>> channels) {

    /** The global state in which every process has the same state and every channel is empty. */
    public static <S, M> GlobalState<S, M> initial(Topology topology, S state) {
        return initial(topology, p -> state);
    }

    /** The global state in which each process has a state of its own and every channel is empty. */
    public static <S, M> GlobalState<S, M> initial(
            Topology topology, Function<? super ProcessId, ? extends S> states) {
        ImmutableSortedMap.Builder<ProcessId, S> processes = ImmutableSortedMap.naturalOrder();
        topology.processes().forEach(p -> processes.put(p, states.apply(p)));
        ImmutableSortedMap.Builder<Channel, ImmutableList<M>> channels =
                ImmutableSortedMap.naturalOrder();
        topology.channels().forEach(c -> channels.put(c, ImmutableList.of()));
        return new GlobalState<>(processes.buildOrThrow(), channels.buildOrThrow());
    }

    /** The global state with these contents, copied. */
    public static <S, M> GlobalState<S, M> of(
            Map<ProcessId, ? extends S> processes,
            Map<Channel, ? extends Iterable<? extends M>> channels) {
        ImmutableSortedMap.Builder<Channel, ImmutableList<M>> contents =
                ImmutableSortedMap.naturalOrder();
        channels.forEach((c, messages) -> contents.put(c, ImmutableList.copyOf(messages)));
        return new GlobalState<>(
                ImmutableSortedMap.copyOf(processes, Comparator.naturalOrder()),
                contents.buildOrThrow());
    }

    /** The messages in transit, in all channels together. */
    public Stream<M> messages() {
        return channels.values().stream().flatMap(ImmutableList::stream);
    }

    /** How many messages are in transit, in all channels together. */
    public long inTransit() {
        return channels.values().stream().mapToLong(ImmutableList::size).sum();
    }

    /** Each process with its state, then each channel that is not empty with its messages. */
    @Override
    public String toString() {
        String transit = channels.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(Object::toString)
                .collect(Collectors.joining(", "));
        String states = processes.entrySet().stream()
                .map(Object::toString)
                .collect(Collectors.joining(", "));
        return "{" + states + (transit.isEmpty() ? "" : " | " + transit) + "}";
    }
}
