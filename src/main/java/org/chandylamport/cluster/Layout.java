package org.chandylamport.cluster;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import java.util.Map;
import org.chandylamport.cluster.Wire.Plan;
import org.chandylamport.model.Channel;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Topology;

/** Which node runs which process, and where actors are found. */
final class Layout {

    /** The place of the coordinator among the nodes. */
    static final int COORDINATOR = 0;

    private final Topology topology;
    private final String run;
    private final ImmutableList<String> nodes;
    private final ImmutableSortedMap<ProcessId, Integer> placement;
    private final ImmutableMap<ProcessId, Integer> processNumbers;
    private final ImmutableMap<Channel, Integer> channelNumbers;

    Layout(Topology topology, Plan plan) {
        this.topology = topology;
        this.run = plan.run();
        this.nodes = ImmutableList.copyOf(plan.nodes());
        this.placement = placement(plan.placement());
        this.processNumbers = numbers(topology.processes());
        this.channelNumbers = numbers(topology.channels());
    }

    private static ImmutableSortedMap<ProcessId, Integer> placement(Map<String, Integer> byName) {
        ImmutableSortedMap.Builder<ProcessId, Integer> placement =
                ImmutableSortedMap.naturalOrder();
        byName.forEach((p, node) -> placement.put(new ProcessId(p), node));
        return placement.buildOrThrow();
    }

    private static <T> ImmutableMap<T, Integer> numbers(Iterable<T> things) {
        ImmutableMap.Builder<T, Integer> numbers = ImmutableMap.builder();
        int next = 0;
        for (T thing : things) {
            numbers.put(thing, next++);
        }
        return numbers.buildOrThrow();
    }

    Topology topology() {
        return topology;
    }

    ImmutableList<String> nodes() {
        return nodes;
    }

    /** The node of a process. */
    int node(ProcessId p) {
        return requireNonNull(placement.get(p), p::toString);
    }

    /** The processes of a node. */
    ImmutableSortedSet<ProcessId> processes(int node) {
        return ImmutableSortedSet.copyOf(
                Maps.filterValues(placement, place -> place == node).keySet());
    }

    /** A channel between a node and the others, or null. */
    ImmutableSortedSet<Channel> channelsBetween(int node) {
        return topology.channels().stream()
                .filter(c -> (node(c.from()) == node) != (node(c.to()) == node))
                .collect(ImmutableSortedSet.toImmutableSortedSet(Channel::compareTo));
    }

    /** The name of the actor of a process, under that of its node. */
    String name(ProcessId p) {
        return "process-" + processNumbers.get(p) + "-" + run;
    }

    /** Where the actor of a process is found. */
    String process(ProcessId p) {
        return Names.path(nodes.get(node(p))) + "/" + name(p);
    }

    /** The name of the producer of a channel, under that of the node of its sender. */
    String producer(Channel c) {
        return "producer-" + channelNumbers.get(c) + "-" + run;
    }

    /** Where the producer of a channel is found. */
    String producerPath(Channel c) {
        return Names.path(nodes.get(node(c.from()))) + "/" + producer(c);
    }

    /** The name of the consumer of a channel, under that of its receiver. */
    String consumer(Channel c) {
        return "consumer-" + channelNumbers.get(c);
    }

    /** The name of the producer of the line to or from a node, under that of its sender. */
    String lineProducer(boolean isUp, int node) {
        return (isUp ? "up-" : "down-") + node + "-producer-" + run;
    }

    /** The name of the consumer of that line, under that of its receiver. */
    String lineConsumer(boolean isUp, int node) {
        return (isUp ? "up-" : "down-") + node + "-consumer-" + run;
    }
}
