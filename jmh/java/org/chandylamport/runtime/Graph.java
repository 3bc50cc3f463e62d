package org.chandylamport.runtime;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.Channel;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.Outbox;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Topology;

/** A graph of processes that pass tokens on along their outgoing channels, in turn. */
record Graph(Topology topology) {

    static final Integer TOKEN = 1;

    /** The graph with this name, such as ring2, complete4 or random16. */
    static Graph named(String name) {
        String kind = name.replaceAll("\\d+$", "");
        ProcessId[] processes = processes(Integer.parseInt(name.substring(kind.length())));
        return new Graph(switch (kind) {
            case "ring" -> Topology.ring(processes);
            case "complete" -> Topology.complete(processes);
            case "random" -> Topology.random(1, processes);
            default -> throw new IllegalArgumentException("no graph is called " + name);
        });
    }

    private static ProcessId[] processes(int count) {
        int width = Integer.toString(count - 1).length();
        return IntStream.range(0, count)
                .mapToObj(i -> new ProcessId(String.format("p%0" + width + "d", i)))
                .toArray(ProcessId[]::new);
    }

    /** One token is in transit in all. */
    GlobalState<Integer, Integer> oneToken() {
        Channel first = topology.channels().iterator().next();
        return GlobalState.of(
                Maps.asMap(topology.processes(), p -> 0), Map.of(first, List.of(TOKEN)));
    }

    /** So many tokens a process are in transit, spread over its outgoing channels. */
    GlobalState<Integer, Integer> initial(int tokens) {
        Map<Channel, List<Integer>> contents = new HashMap<>();
        topology.channels().forEach(c -> contents.put(c, new ArrayList<>()));
        for (ProcessId p : topology.processes()) {
            ImmutableList<Channel> outgoing = topology.outgoing(p);
            for (int i = 0; i < tokens; i++) {
                contents.get(outgoing.get(i % outgoing.size())).add(TOKEN);
            }
        }
        return GlobalState.of(Maps.asMap(topology.processes(), p -> 0), contents);
    }

    /** The behavior of each process. */
    ImmutableMap<ProcessId, Behavior<Integer, Integer>> behaviors() {
        return Maps.toMap(topology.processes(), p -> new PassOn(topology.outgoing(p)));
    }

    /** Passes each token on along the next channel. Used by one process. */
    private static final class PassOn implements Behavior<Integer, Integer> {

        private final Channel[] outgoing;
        private int next;

        PassOn(List<Channel> outgoing) {
            this.outgoing = outgoing.toArray(Channel[]::new);
        }

        @Override
        public Integer receive(
                Integer state, Channel channel, Integer token, Outbox<Integer> outbox) {
            outbox.send(outgoing[next], token);
            next = next + 1 == outgoing.length ? 0 : next + 1;
            return state;
        }
    }
}
