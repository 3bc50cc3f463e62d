package org.chandylamport.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import java.util.HashMap;
import java.util.Map;
import org.chandylamport.model.SnapshotId;

/**
 * What snapshots are called in a trace, where that is a number or a string, and in this project,
 * where it is a long. A name that is an integer from 0 is its own number; each other one gets a
 * negative number when it is first seen, in ascending order.
 */
public final class SnapshotNames {

    private final Map<JsonNode, SnapshotId> ids = new HashMap<>();
    private final Map<SnapshotId, JsonNode> names = new HashMap<>();
    private long next = Long.MIN_VALUE;

    /** The number of the snapshot of this name. */
    SnapshotId id(JsonNode name) {
        if (name.canConvertToLong() && name.isIntegralNumber() && name.longValue() >= 0) {
            return new SnapshotId(name.longValue());
        }
        return ids.computeIfAbsent(name, n -> {
            SnapshotId id = new SnapshotId(next++);
            names.put(id, n);
            return id;
        });
    }

    /** The name of a snapshot in the trace: a number or a string. */
    public JsonNode name(SnapshotId id) {
        JsonNode name = names.get(id);
        if (name != null) {
            return name;
        }
        return id.number() == (int) id.number()
                ? IntNode.valueOf((int) id.number())
                : LongNode.valueOf(id.number());
    }
}
