package org.chandylamport.trace;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import java.util.ArrayList;
import java.util.List;
import org.chandylamport.Network;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.Topology;

/** The events of a run on threads, in the order in which they were observed, and its snapshots. */
record Recorded(Topology topology, GlobalState<Integer, Integer> initial,
        List<Event<Integer, Integer>> events, List<Snapshot<Integer, Integer>> snapshots) {

    private static final int PROCESSES = 16;
    private static final int SNAPSHOTS = 8;

    /** Runs until so many messages were received, with snapshots on the way. */
    static Recorded of(long messages) {
        ProcessId[] processes = new ProcessId[PROCESSES];
        for (int i = 0; i < PROCESSES; i++) {
            processes[i] = new ProcessId("p" + i);
        }
        Topology topology = Topology.random(1, processes);
        GlobalState<Integer, Integer> initial = GlobalState.of(
                Maps.asMap(topology.processes(), p -> 0),
                Maps.toMap(topology.channels(), c -> List.of(1, 2, 3)));
        List<Event<Integer, Integer>> events = new ArrayList<>();
        List<Snapshot<Integer, Integer>> snapshots = new ArrayList<>();
        try (var network = Network.<Integer, Integer>configure(topology, p ->
                        (sum, channel, message, outbox) -> {
                            List<Channel> outgoing = topology.outgoing(channel.to());
                            outbox.send(outgoing.get(Math.floorMod(sum, outgoing.size())), message);
                            return sum + message;
                        }, initial)
                .trace(events::add).start()) {
            for (int i = 1; i <= SNAPSHOTS; i++) {
                while (network.received() < messages * i / SNAPSHOTS) {
                    Thread.yield();
                }
                snapshots.add(network.snapshot(processes[i]).join());
            }
        }
        return new Recorded(topology, initial, events, snapshots);
    }

    /** No process was lost. */
    ImmutableSet<ProcessId> lost() {
        return ImmutableSet.of();
    }
}
