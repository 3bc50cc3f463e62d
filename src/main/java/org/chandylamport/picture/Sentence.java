package org.chandylamport.picture;

import com.fasterxml.jackson.databind.JsonNode;
import org.chandylamport.model.Event;

/** An event, or an arrow, told in a sentence. */
final class Sentence {

    private static final int QUOTED = 300;

    private Sentence() {}

    static String of(Event<JsonNode, JsonNode> event, Execution execution) {
        String p = event.process().name();
        if (event instanceof Event.Send<JsonNode, JsonNode> send) {
            return p + " sends " + quote(send.message()) + " along " + send.channel();
        } else if (event instanceof Event.Receive<JsonNode, JsonNode> receive) {
            return p + " receives " + quote(receive.message()) + " along " + receive.channel();
        } else if (event instanceof Event.Internal<JsonNode, JsonNode> internal) {
            return p + " steps to " + quote(internal.state());
        } else if (event instanceof Event.RecordState<JsonNode, JsonNode> record) {
            return p + " records its state for snapshot "
                    + execution.audit().snapshots().name(record.snapshot());
        } else if (event instanceof Event.ReceiveMarker<JsonNode, JsonNode> marker) {
            return p + " receives the marker of snapshot "
                    + execution.audit().snapshots().name(marker.snapshot()) + " along "
                    + marker.channel();
        }
        return p + " gives up snapshot " + execution.audit().snapshots().name(
                ((Event.Abandon<JsonNode, JsonNode>) event).snapshot());
    }

    static String of(Arrow arrow, Execution execution) {
        if (arrow.marker() != null) {
            return "the marker of snapshot " + execution.audit().snapshots().name(arrow.marker())
                    + " along " + arrow.channel();
        }
        return "message " + arrow.number() + " of " + arrow.channel() + ": "
                + (arrow.message() == null ? "" : quote(arrow.message()));
    }

    static String quote(JsonNode value) {
        return Shown.truncated(value.toString(), QUOTED);
    }
}
