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

    /** By text or number, which stay quick to find where a hostile trace has equal hash codes. */
    private final Map<Comparable<?>, SnapshotId> ids = new HashMap<>();
    private final Map<SnapshotId, JsonNode> names = new HashMap<>();
    private long next = Long.MIN_VALUE;

    /** The number of the snapshot of this name. */
    SnapshotId id(JsonNode name) {
        if (name.canConvertToLong() && name.isIntegralNumber() && name.longValue() >= 0) {
            return new SnapshotId(name.longValue());
        }
        Comparable<?> key = name.isTextual() ? name.textValue() : name.decimalValue();
        return ids.computeIfAbsent(key, k -> {
            SnapshotId id = new SnapshotId(next++);
            names.put(id, name);
            return id;
        });
    }

    /** A sentence in which snapshots have their numbers, with the names that the trace gives. */
    public String inWords(String sentence) {
        String words = sentence;
        for (Map.Entry<SnapshotId, JsonNode> name : names.entrySet()) {
            words = words.replace(name.getKey().toString(), name.getValue().toString());
        }
        return words;
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
