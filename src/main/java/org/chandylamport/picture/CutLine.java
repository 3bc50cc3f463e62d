package org.chandylamport.picture;

import static org.chandylamport.picture.Arrow.NONE;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableSortedMap;
import java.util.BitSet;
import java.util.SortedMap;
import java.util.TreeMap;
import org.chandylamport.model.Event;
import org.chandylamport.model.Event.RecordState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;

/** Where a snapshot cuts an execution: through the events by which processes recorded. */
final class CutLine {

    private final BitSet prerecording = new BitSet();
    private final SortedMap<ProcessId, Integer> records = new TreeMap<>();

    /** The cut of a snapshot. */
    CutLine(Execution execution, SnapshotId snapshot) {
        for (int i = 0; i < execution.events().size(); i++) {
            Event<JsonNode, JsonNode> event = execution.events().get(i);
            ProcessId p = event.process();
            if (event instanceof RecordState<JsonNode, JsonNode> record
                    && record.snapshot().equals(snapshot)) {
                records.putIfAbsent(p, i);
            }
            prerecording.set(i, !records.containsKey(p));
        }
    }

    /** The event by which each process recorded; those that did not are absent. */
    ImmutableSortedMap<ProcessId, Integer> records() {
        return ImmutableSortedMap.copyOf(records);
    }

    /** Whether the process of the event had not recorded before it, and did not by it. */
    boolean isPrerecording(int event) {
        return prerecording.get(event);
    }

    /** Whether a message was in transit at the cut: sent before it, and not received before it. */
    boolean isCrossedBy(Arrow arrow) {
        return arrow.isMessage() && isBetweenRecorded(arrow)
                && (arrow.from() == NONE ? arrow.to() != NONE : isPrerecording(arrow.from()))
                && (arrow.to() == NONE || !isPrerecording(arrow.to()));
    }

    private boolean isBetweenRecorded(Arrow arrow) {
        return records.containsKey(arrow.channel().from())
                && records.containsKey(arrow.channel().to());
    }
}
