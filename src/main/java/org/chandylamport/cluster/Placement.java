package org.chandylamport.cluster;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Map;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Topology;

/** Decides which node runs which process. */
@FunctionalInterface
public interface Placement {

    /** For each process the number of its node: 0 for the first, below {@code nodes}. */
    Map<ProcessId, Integer> place(Topology topology, int nodes);

    /**
     * The processes in order, as evenly as it goes: the first nodes have the first processes, so
     * that neighbours by name are neighbours.
     */
    static Placement inOrder() {
        return (topology, nodes) -> {
            ImmutableList<ProcessId> processes = topology.processes().asList();
            ImmutableSortedMap.Builder<ProcessId, Integer> placement =
                    ImmutableSortedMap.naturalOrder();
            for (int i = 0; i < processes.size(); i++) {
                placement.put(processes.get(i),
                        (int) ((long) i * nodes / processes.size()));
            }
            return placement.buildOrThrow();
        };
    }
}
