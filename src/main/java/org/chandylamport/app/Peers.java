package org.chandylamport.app;

import com.google.common.collect.ImmutableSortedMap;
import java.util.Map;
import java.util.TreeMap;
import org.chandylamport.model.Channel;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Topology;

/** The neighbours of a process that it can ask, and that can answer. */
final class Peers {

    private Peers() {}

    /**
     * The other processes with channels from and to p, each with the first channel that leads to it
     * from p. The first one back brings the answers, so that they come in order.
     */
    static ImmutableSortedMap<ProcessId, Channel> of(Topology topology, ProcessId p) {
        Map<ProcessId, Channel> peers = new TreeMap<>();
        for (Channel c : topology.outgoing(p)) {
            boolean hasBack = topology.outgoing(c.to()).stream().anyMatch(b -> b.to().equals(p));
            if (hasBack && !c.to().equals(p)) {
                peers.putIfAbsent(c.to(), c);
            }
        }
        return ImmutableSortedMap.copyOf(peers);
    }
}
