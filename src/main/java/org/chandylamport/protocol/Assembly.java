package org.chandylamport.protocol;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.chandylamport.model.Channel;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;

/**
 * Puts the recordings of all processes together to the recorded global state. Knows where the state
 * of each channel is, so that nothing is searched or sorted for a snapshot. Immutable.
 */
public final class Assembly {

    private final Topology topology;
    private final ImmutableSortedSet<ProcessId> processes;
    private final ImmutableSortedSet<Channel> channels;

    /** For each channel, in order: the place of its receiver among the processes. */
    private final int[] receivers;

    /** For each channel, in order: its place among the incoming channels of its receiver. */
    private final int[] positions;

    /** Puts together what the processes of this topology record. */
    public Assembly(Topology topology) {
        this.topology = topology;
        processes = topology.processes();
        channels = ImmutableSortedSet.copyOf(topology.channels());
        receivers = new int[channels.size()];
        positions = new int[channels.size()];
        Map<ProcessId, Integer> places = new HashMap<>();
        processes.forEach(p -> places.put(p, places.size()));
        int[] degrees = new int[processes.size()];
        int i = 0;
        for (Channel c : channels) {
            receivers[i] = places.getOrDefault(c.to(), -1);
            positions[i] = degrees[receivers[i]]++;
            i++;
        }
    }

    /** The processes and channels. */
    public Topology topology() {
        return topology;
    }

    /** All processes, in order. */
    public ImmutableSortedSet<ProcessId> processes() {
        return processes;
    }

    /**
     * The recorded global state.
     *
     * @param recordings a complete recording of each process, in the order of the processes
     */
    public <S, M> Snapshot<S, M> join(
            SnapshotId id, Set<ProcessId> initiators, List<Recording<S, M>> recordings) {
        assert recordings.size() == processes.size() : recordings;
        assert recordings.stream().allMatch(
                part -> part.isComplete() && part.snapshot().equals(id)) : recordings;
        return new Snapshot<>(id, ImmutableSortedSet.copyOf(initiators), new GlobalState<>(
                inOrder(processes, i -> recordings.get(i).state()),
                inOrder(channels, i -> recordings.get(receivers[i]).messages(positions[i]))));
    }

    /** The map with these keys and the values that belong to their places. */
    private static <K extends Comparable<K>, V> ImmutableSortedMap<K, V> inOrder(
            ImmutableSortedSet<K> keys, IntFunction<V> values) {
        int[] place = {0};
        ImmutableSortedMap<K, V> map = ImmutableSortedMap.copyOfSorted(
                Maps.asMap(keys, key -> values.apply(place[0]++)));
        assert place[0] == keys.size() : "each value is asked for once, in order";
        return map;
    }
}
