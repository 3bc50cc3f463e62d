package org.chandylamport.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.util.HashMap;
import java.util.Map;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.jspecify.annotations.Nullable;

/** Understands the lines of one trace after its header, in their order. */
final class LineReader {

    private static final String ACTIONS = "Internal, Send, Receive, RecordState, ReceiveMarker, "
            + "Abandon, Snapshot, Aborted";

    private final SnapshotNames snapshots;
    private final Map<String, Known> processes = new HashMap<>();
    private final Map<String, Channel> channels = new HashMap<>();

    /** A process, its last known state, and whether a send may belong to its last step. */
    private static final class Known {
        final ProcessId id;
        JsonNode state;
        boolean isInStep;
        boolean isSeen;

        Known(ProcessId id, JsonNode state) {
            this.id = id;
            this.state = state;
        }
    }

    LineReader(Header header, SnapshotNames snapshots) {
        this.snapshots = snapshots;
        header.initial().processes().forEach((p, state) ->
                processes.put(p.name(), new Known(p, state)));
        header.topology().channels().forEach(c -> channels.put(c.name(), c));
    }

    /** The processes that have a line so far. */
    ImmutableSortedSet<ProcessId> seen() {
        return processes.values().stream()
                .filter(known -> known.isSeen)
                .map(known -> known.id)
                .collect(ImmutableSortedSet.toImmutableSortedSet(ProcessId::compareTo));
    }

    TraceLine read(Fields fields) throws Malformed {
        if (fields.optional(Field.FORMAT) != null && fields.optional(Field.ACTION) == null) {
            throw new Malformed("a second header: it stands on line 1 only, and each file of "
                    + "several is named on its own");
        }
        String action = fields.text(Field.ACTION);
        return switch (action) {
            case "Snapshot" -> new TraceLine.SnapshotLine(part(fields));
            case "Aborted" -> new TraceLine.AbortedLine(snapshot(fields), cause(fields));
            case "Internal", "Send", "Receive", "RecordState", "ReceiveMarker", "Abandon" ->
                new TraceLine.EventLine(event(action, fields));
            default -> throw new Malformed("unknown action \"" + action + "\"; there are "
                    + ACTIONS);
        };
    }

    private Event<JsonNode, JsonNode> event(String action, Fields fields) throws Malformed {
        Known p = known(fields.text(Field.PROCESS));
        boolean isSameStep = fields.flag(Field.SAME_STEP);
        if (isSameStep && !action.equals("Send")) {
            throw new Malformed("\"sameStep\" belongs on a Send, not on " + action);
        }
        if (isSameStep && !p.isInStep) {
            throw new Malformed("\"sameStep\" on a Send, but the line of " + p.id
                    + " before it is no Internal, Receive or Send");
        }
        Event<JsonNode, JsonNode> event = switch (action) {
            case "Internal" -> new Event.Internal<>(p.id, fields.required(Field.STATE));
            case "Send" -> new Event.Send<>(
                    leaving(p, fields), fields.required(Field.MESSAGE), state(p, fields),
                    isSameStep);
            case "Receive" -> new Event.Receive<>(
                    reaching(p, fields), fields.required(Field.MESSAGE), state(p, fields));
            case "RecordState" -> new Event.RecordState<>(p.id, snapshot(fields));
            case "ReceiveMarker" ->
                new Event.ReceiveMarker<>(reaching(p, fields), snapshot(fields));
            default -> new Event.Abandon<>(p.id, snapshot(fields));
        };
        p.isSeen = true;
        p.isInStep = event instanceof Event.Environment;
        if (event instanceof Event.Environment<JsonNode, JsonNode> environment) {
            p.state = environment.state();
        }
        return event;
    }

    private Snapshot<JsonNode, JsonNode> part(Fields fields) throws Malformed {
        SnapshotId id = snapshot(fields);
        if (fields.optional(Field.PROCESSES) == null && fields.optional(Field.CHANNELS) == null) {
            throw new Malformed("missing field \"processes\" or \"channels\"");
        }
        Map<ProcessId, JsonNode> states = new HashMap<>();
        if (fields.optional(Field.PROCESSES) != null) {
            for (Map.Entry<String, JsonNode> entry : fields.members(Field.PROCESSES)) {
                states.put(known(entry.getKey()).id, entry.getValue());
            }
        }
        Map<Channel, ImmutableList<JsonNode>> contents = new HashMap<>();
        if (fields.optional(Field.CHANNELS) != null) {
            for (Map.Entry<String, JsonNode> entry : fields.members(Field.CHANNELS)) {
                if (!entry.getValue().isArray()) {
                    throw Fields.expected(entry.getKey(), "an array", entry.getValue());
                }
                contents.put(channel(entry.getKey()), ImmutableList.copyOf(entry.getValue()));
            }
        }
        ImmutableSortedSet.Builder<ProcessId> initiators = ImmutableSortedSet.naturalOrder();
        for (JsonNode name : fields.elements(Field.INITIATORS)) {
            if (!name.isTextual()) {
                throw Fields.expected(Field.INITIATORS, "an array of process names", name);
            }
            initiators.add(known(name.textValue()).id);
        }
        return new Snapshot<>(id, initiators.build(), GlobalState.of(states, contents));
    }

    private SnapshotId snapshot(Fields fields) throws Malformed {
        JsonNode name = fields.required(Field.SNAPSHOT);
        if (!name.isNumber() && !name.isTextual()) {
            throw Fields.expected(Field.SNAPSHOT, "a number or a string", name);
        }
        return snapshots.id(name);
    }

    private static String cause(Fields fields) throws Malformed {
        return fields.optional(Field.CAUSE) == null
                ? "no cause is given"
                : fields.text(Field.CAUSE);
    }

    private static JsonNode state(Known p, Fields fields) {
        JsonNode state = fields.optional(Field.STATE);
        return state == null ? p.state : state;
    }

    private Channel leaving(Known p, Fields fields) throws Malformed {
        Channel c = channel(fields.text(Field.CHANNEL));
        if (!c.from().equals(p.id)) {
            throw new Malformed(p.id + " cannot send along " + c + ", which leads from "
                    + c.from() + " to " + c.to());
        }
        return c;
    }

    private Channel reaching(Known p, Fields fields) throws Malformed {
        Channel c = channel(fields.text(Field.CHANNEL));
        if (!c.to().equals(p.id)) {
            throw new Malformed(p.id + " cannot receive along " + c + ", which leads from "
                    + c.from() + " to " + c.to());
        }
        return c;
    }

    private Known known(String name) throws Malformed {
        @Nullable Known known = processes.get(name);
        if (known == null) {
            throw new Malformed("unknown process \"" + name + "\": the header does not name it");
        }
        return known;
    }

    private Channel channel(String name) throws Malformed {
        @Nullable Channel channel = channels.get(name);
        if (channel == null) {
            throw new Malformed("unknown channel \"" + name + "\": the header does not name it");
        }
        return channel;
    }
}
