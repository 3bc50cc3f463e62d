package org.chandylamport.picture;

import static org.chandylamport.picture.Arrow.NONE;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event;
import org.chandylamport.model.Event.Receive;
import org.chandylamport.model.Event.ReceiveMarker;
import org.chandylamport.model.Event.RecordState;
import org.chandylamport.model.Event.Send;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.trace.Header;
import org.jspecify.annotations.Nullable;

/**
 * The arrows of a computation. Channels are first in, first out: the k-th receive along a channel
 * receives the k-th message, those that the channel holds initially first. A marker comes from the
 * event by which the sender recorded its state.
 */
final class Arrows {

    private final Map<Channel, Traffic> channels = new HashMap<>();
    private final Map<Recorded, Integer> recorded = new HashMap<>();
    private final List<Arrow> markers = new ArrayList<>();

    private record Recorded(SnapshotId snapshot, ProcessId process) {}

    /** One end of a message: the event there, and what it says the message is. */
    private record End(int event, JsonNode message) {}

    private static final class Traffic {
        final List<End> sent = new ArrayList<>();
        final List<End> received = new ArrayList<>();
    }

    private Arrows() {}

    /** The arrows between these events, by number; messages before markers. */
    static ImmutableList<Arrow> of(Header header, List<Event<JsonNode, JsonNode>> events) {
        Arrows arrows = new Arrows();
        for (Channel c : header.topology().channels()) {
            arrows.traffic(c);
        }
        header.initial().channels().forEach((c, held) ->
                held.forEach(message -> arrows.traffic(c).sent.add(new End(NONE, message))));
        for (int i = 0; i < events.size(); i++) {
            arrows.take(events.get(i), i);
        }
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof ReceiveMarker<JsonNode, JsonNode> receive) {
                arrows.receiveMarker(receive.channel(), receive.snapshot(), i);
            }
        }
        return arrows.all(header);
    }

    private void take(Event<JsonNode, JsonNode> event, int number) {
        if (event instanceof Send<JsonNode, JsonNode> send) {
            traffic(send.channel()).sent.add(new End(number, send.message()));
        } else if (event instanceof Receive<JsonNode, JsonNode> receive) {
            traffic(receive.channel()).received.add(new End(number, receive.message()));
        } else if (event instanceof RecordState<JsonNode, JsonNode> record) {
            recorded.putIfAbsent(new Recorded(record.snapshot(), record.process()), number);
        }
    }

    private void receiveMarker(Channel c, SnapshotId snapshot, int event) {
        int from = recorded.getOrDefault(new Recorded(snapshot, c.from()), NONE);
        markers.add(Arrow.marker(c, from, event, snapshot));
    }

    private ImmutableList<Arrow> all(Header header) {
        ImmutableList.Builder<Arrow> all = ImmutableList.builder();
        for (Channel c : header.topology().channels()) {
            List<End> sent = traffic(c).sent;
            List<End> received = traffic(c).received;
            for (int k = 0; k < Math.max(sent.size(), received.size()); k++) {
                End from = at(sent, k);
                End to = at(received, k);
                End known = k < sent.size() ? sent.get(k) : received.get(k);
                all.add(Arrow.message(c, k + 1L, from == null ? NONE : from.event,
                        to == null ? NONE : to.event, known.message));
            }
        }
        return all.addAll(markers).build();
    }

    private static @Nullable End at(List<End> ends, int k) {
        return k < ends.size() ? ends.get(k) : null;
    }

    private Traffic traffic(Channel c) {
        return channels.computeIfAbsent(c, any -> new Traffic());
    }
}
