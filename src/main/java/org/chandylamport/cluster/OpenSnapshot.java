package org.chandylamport.cluster;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.chandylamport.cluster.Wire.Awaited;

/** What the coordinator knows of a snapshot that is not complete. */
final class OpenSnapshot {

    final long number;
    final int asker;
    final long openedAt;
    private final TreeSet<String> notRecorded;
    private final TreeSet<String> incomplete;
    private final TreeSet<String> initiators = new TreeSet<>();
    private final Map<Integer, List<String>> markers = new HashMap<>();

    OpenSnapshot(long number, int asker, long openedAt, List<String> processes) {
        this.number = number;
        this.asker = asker;
        this.openedAt = openedAt;
        this.notRecorded = new TreeSet<>(processes);
        this.incomplete = new TreeSet<>(processes);
    }

    void recorded(String process, boolean isInitiated) {
        notRecorded.remove(process);
        if (isInitiated) {
            initiators.add(process);
        }
    }

    /** One process is done; whether all are. */
    boolean complete(String process) {
        incomplete.remove(process);
        return incomplete.isEmpty();
    }

    ImmutableList<String> initiators() {
        return ImmutableList.copyOf(initiators);
    }

    /** The channels whose marker is awaited at a node, as it says. */
    void awaiting(int node, List<String> channels) {
        markers.put(node, channels);
    }

    /** What it waits for, as far as the nodes have said. */
    Awaited awaited() {
        Stream<String> all = markers.values().stream().flatMap(List::stream);
        return new Awaited(number, ImmutableList.copyOf(notRecorded),
                ImmutableSortedSet.copyOf(all.filter(Objects::nonNull).toList()).asList());
    }
}
