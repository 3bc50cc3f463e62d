package org.chandylamport.trace;

import com.fasterxml.jackson.databind.JsonNode;
import org.chandylamport.model.Event;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;

/** A line of a trace after its header. */
public sealed interface TraceLine {

    /** An event; its state is the last known one of its process where the line has none. */
    record EventLine(Event<JsonNode, JsonNode> event) implements TraceLine {}

    /** A recorded global state, or a part of one; no initiators where the line has none. */
    record SnapshotLine(Snapshot<JsonNode, JsonNode> part) implements TraceLine {}

    /** The system gave a snapshot up. */
    record AbortedLine(SnapshotId snapshot, String cause) implements TraceLine {}
}
