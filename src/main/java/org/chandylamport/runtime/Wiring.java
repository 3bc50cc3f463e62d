package org.chandylamport.runtime;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Queue;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.Channel;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Topology;

/**
 * Joins the processes of a topology by its channels, in an initial state; before the threads start.
 *
 * @param behaviors the behavior of each process
 * @param around what stands in for the reliable queue of a channel: mostly that queue itself
 */
public record Wiring<S, M>(
        Topology topology,
        Function<ProcessId, Behavior<S, M>> behaviors,
        GlobalState<S, M> initial,
        BiFunction<Channel, Queue<Object>, Queue<Object>> around) {

    /** @throws IllegalArgumentException if the initial state does not fit the topology */
    public Wiring {
        checkArgument(initial.processes().keySet().equals(topology.processes()),
                "the initial state is of processes %s, the topology has %s",
                initial.processes().keySet(), topology.processes());
        initial.channels().keySet().forEach(c -> checkArgument(
                c.equals(topology.channel(c.name())),
                "the initial state has channel %s, the topology has not", c));
    }

    /** Connects these processes, one for each of the topology. */
    void connect(ImmutableSortedMap<ProcessId, LocalProcess<S, M>> processes) {
        ImmutableSortedMap.Builder<Channel, ChannelQueue<S, M>> queues =
                ImmutableSortedMap.naturalOrder();
        topology.channels().forEach(c -> queues.put(c, new ChannelQueue<>(c,
                requireNonNull(processes.get(c.from())), requireNonNull(processes.get(c.to())),
                around.apply(c, ChannelQueue.newQueue(topology.channels().size())))));
        ImmutableSortedMap<Channel, ChannelQueue<S, M>> channels = queues.buildOrThrow();
        processes.forEach((p, process) -> {
            ImmutableList<ChannelQueue<S, M>> outgoing = topology.outgoing(p).stream()
                    .map(c -> requireNonNull(channels.get(c)))
                    .collect(ImmutableList.toImmutableList());
            process.connect(requireNonNull(initial.processes().get(p)),
                    requireNonNull(behaviors.apply(p), () -> "process " + p + " has no behavior"),
                    topology.incoming(p), outgoing);
            process.core().incoming().forEach(end -> requireNonNull(channels.get(end.channel()))
                    .connect(end, initial.channels()
                            .getOrDefault(end.channel(), ImmutableList.of())));
        });
    }
}
