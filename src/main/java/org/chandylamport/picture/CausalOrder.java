package org.chandylamport.picture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.chandylamport.check.Linearization;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event;
import org.chandylamport.model.Event.Environment;
import org.chandylamport.model.Event.Internal;
import org.chandylamport.model.Event.Receive;
import org.chandylamport.model.Event.ReceiveMarker;
import org.chandylamport.model.Event.RecordState;
import org.chandylamport.model.Event.Send;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Topology;
import org.chandylamport.trace.Header;

/**
 * The linear order in which pictures show a computation: each event halfway between the earliest
 * and the latest place that causality leaves it. It depends on what happened, and not on how the
 * lines of a trace interleave; what is sent comes before what is received, markers too.
 */
final class CausalOrder {

    private final Header header;
    private final List<Event<JsonNode, JsonNode>> events;

    private CausalOrder(Header header, List<Event<JsonNode, JsonNode>> events) {
        this.header = header;
        this.events = events;
    }

    /** These events in that order; those of one process keep theirs. */
    static ImmutableList<Event<JsonNode, JsonNode>> of(
            Header header, List<Event<JsonNode, JsonNode>> events) {
        CausalOrder order = new CausalOrder(header, events);
        ImmutableList<Event<JsonNode, JsonNode>> linear = order.linear().stream()
                .map(events::get).collect(ImmutableList.toImmutableList());
        return sorted(header, linear);
    }

    /**
     * The numbers of the events in some linear order. For this, a marker is a message that
     * RecordState sends along a twin of each outgoing channel.
     */
    private Set<Integer> linear() {
        Topology topology = header.topology();
        Topology twinned = new Topology(topology.processes(), Stream.concat(
                topology.channels().stream(),
                topology.channels().stream().map(CausalOrder::twin)).toList());
        Set<Integer> order = new LinkedHashSet<>();
        Linearization<Integer, JsonNode> linearization = new Linearization<>(
                twinned,
                new GlobalState<>(GlobalState.initial(topology, -1).processes(),
                        header.initial().channels()),
                event -> order.add(((Environment<Integer, JsonNode>) event).state()));
        for (int i = 0; i < events.size(); i++) {
            tell(linearization, events.get(i), i);
        }
        linearization.end();
        return order;
    }

    private static Channel twin(Channel c) {
        return new Channel(c.name() + "\0", c.from(), c.to());
    }

    private void tell(Linearization<Integer, JsonNode> order,
            Event<JsonNode, JsonNode> event, int index) {
        JsonNode nothing = NullNode.getInstance();
        if (event instanceof Send<JsonNode, JsonNode> send) {
            order.add(new Send<>(send.channel(), nothing, index, false));
        } else if (event instanceof Receive<JsonNode, JsonNode> receive) {
            order.add(new Receive<>(receive.channel(), nothing, index));
        } else if (event instanceof ReceiveMarker<JsonNode, JsonNode> receive) {
            order.add(new Receive<>(twin(receive.channel()), nothing, index));
        } else {
            order.add(new Internal<>(event.process(), index));
        }
        if (event instanceof RecordState) {
            for (Channel c : header.topology().outgoing(event.process())) {
                order.add(new Send<>(twin(c), nothing, index, false));
            }
        }
    }

    /** The events, sorted by the sum of their earliest and latest places. */
    private static ImmutableList<Event<JsonNode, JsonNode>> sorted(
            Header header, ImmutableList<Event<JsonNode, JsonNode>> linear) {
        int[] before = before(linear);
        int[] cause = new int[linear.size()];
        Arrays.fill(cause, Arrow.NONE);
        for (Arrow arrow : Arrows.of(header, linear)) {
            if (arrow.from() < arrow.to()) {
                cause[arrow.to()] = arrow.from();
            }
        }
        int[] earliest = new int[linear.size()];
        int last = 0;
        for (int i = 0; i < earliest.length; i++) {
            earliest[i] = 1 + Math.max(at(earliest, before[i]), at(earliest, cause[i]));
            last = Math.max(last, earliest[i]);
        }
        int[] latest = new int[linear.size()];
        Arrays.fill(latest, last);
        for (int i = latest.length - 1; i >= 0; i--) {
            lower(latest, before[i], latest[i] - 1);
            lower(latest, cause[i], latest[i] - 1);
        }
        return IntStream.range(0, linear.size()).boxed()
                .sorted(Comparator.<Integer>comparingInt(i -> earliest[i] + latest[i])
                        .thenComparing(i -> linear.get(i).process()))
                .map(linear::get)
                .collect(ImmutableList.toImmutableList());
    }

    /** For each event the one of its process before it. */
    private static int[] before(List<Event<JsonNode, JsonNode>> events) {
        Map<ProcessId, Integer> last = new HashMap<>();
        int[] before = new int[events.size()];
        for (int i = 0; i < before.length; i++) {
            Integer previous = last.put(events.get(i).process(), i);
            before[i] = previous == null ? Arrow.NONE : previous;
        }
        return before;
    }

    private static int at(int[] places, int event) {
        return event == Arrow.NONE ? 0 : places[event];
    }

    private static void lower(int[] places, int event, int place) {
        if (event != Arrow.NONE) {
            places[event] = Math.min(places[event], place);
        }
    }
}
