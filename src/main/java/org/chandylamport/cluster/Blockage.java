package org.chandylamport.cluster;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chandylamport.cluster.Wire.Blocked;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Topology;
import org.jspecify.annotations.Nullable;

/**
 * Finds a cycle of full channels: each process in it waits until the next one receives, and none
 * has taken a step for a while, so that none ever will.
 */
final class Blockage {

    private final Topology topology;
    private final int patience;
    private final Map<String, Still> still = new HashMap<>();

    /** A process that has said the same so many times. */
    private record Still(Blocked blocked, int times) {}

    /** @param patience how many times in a row a process must say that it is blocked */
    Blockage(Topology topology, int patience) {
        this.topology = topology;
        this.patience = patience;
    }

    /** What a process says, or that it is not blocked. */
    void says(String process, @Nullable Blocked blocked) {
        if (blocked == null) {
            still.remove(process);
        } else {
            still.merge(process, new Still(blocked, 1), (before, now) ->
                    before.blocked.equals(blocked) ? new Still(blocked, before.times + 1) : now);
        }
    }

    /** The channels of a cycle, in order; empty if there is none. */
    ImmutableList<Channel> cycle() {
        for (String start : still.keySet()) {
            List<Channel> path = new ArrayList<>();
            Map<String, Integer> places = new HashMap<>();
            String p = start;
            while (isStuck(p) && !places.containsKey(p)) {
                places.put(p, path.size());
                Channel c = requireNonNull(topology.channel(
                        requireNonNull(still.get(p)).blocked.channel()));
                path.add(c);
                p = c.to().name();
            }
            Integer first = places.get(p);
            if (first != null) {
                return ImmutableList.copyOf(path.subList(first, path.size()));
            }
        }
        return ImmutableList.of();
    }

    private boolean isStuck(String process) {
        Still said = still.get(process);
        return said != null && said.times >= patience;
    }
}
