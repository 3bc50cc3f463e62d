package org.chandylamport.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.google.common.collect.ImmutableList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.chandylamport.check.Audit;
import org.chandylamport.check.BlackBox;
import org.chandylamport.check.Oracle;
import org.chandylamport.model.Channel;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Topology;
import org.jspecify.annotations.Nullable;

/**
 * The first line of a trace: the system, its initial global state, and whether its cuts are logged.
 *
 * @param initial a state for each process, and the messages of each channel, none or more
 * @param cutsUnlogged whether the system logs its messages but not where it cut
 */
public record Header(
        Topology topology, GlobalState<JsonNode, JsonNode> initial, boolean cutsUnlogged) {

    static final String FORMAT = "chandy-lamport-trace";
    static final int VERSION = 1;

    /** The header that a line is. */
    static Header of(Fields fields) throws Malformed {
        checkFormat(fields);
        Map<ProcessId, JsonNode> states = new HashMap<>();
        Map<String, ProcessId> processes = new HashMap<>();
        for (Map.Entry<String, JsonNode> process : fields.members(Field.PROCESSES)) {
            ProcessId p = process(process.getKey());
            processes.put(p.name(), p);
            states.put(p, process.getValue());
        }
        Map<Channel, ImmutableList<JsonNode>> contents = new HashMap<>();
        for (Map.Entry<String, JsonNode> channel : fields.members(Field.CHANNELS)) {
            Fields ends = Fields.of(channel.getValue()).checked();
            Channel c = channel(channel.getKey(), ends, processes);
            for (ProcessId end : List.of(c.from(), c.to())) {
                if (!states.containsKey(end)) {
                    throw new Malformed("channel " + c + " ends at " + end
                            + ", which \"processes\" does not name");
                }
            }
            contents.put(c, ImmutableList.copyOf(ends.elements(Field.MESSAGES)));
        }
        return new Header(
                new Topology(states.keySet(), contents.keySet()),
                GlobalState.of(states, contents),
                cutsUnlogged(fields));
    }

    /**
     * The oracle that judges traces with this header: by their RecordState events, or where these
     * are not logged by what was recorded alone.
     *
     * @param lost processes whose logs may lack their end
     */
    public Oracle<JsonNode, JsonNode> oracle(Set<ProcessId> lost) {
        return cutsUnlogged
                ? new BlackBox<>(topology, initial, lost)
                : new Audit<>(topology, initial, lost);
    }

    /** What is different in another header, or null if nothing is. */
    @Nullable String difference(Header other) {
        if (!topology.processes().equals(other.topology.processes())) {
            return "it names other processes";
        }
        if (!topology.equals(other.topology)) {
            return "it names other channels";
        }
        for (ProcessId p : topology.processes()) {
            if (!Objects.equals(
                    initial.processes().get(p), other.initial.processes().get(p))) {
                return "it gives " + p + " another initial state";
            }
        }
        for (Channel c : topology.channels()) {
            if (!Objects.equals(
                    initial.channels().get(c), other.initial.channels().get(c))) {
                return "it gives " + c + " other messages";
            }
        }
        return cutsUnlogged == other.cutsUnlogged ? null : "one of the two has \"cuts\"";
    }

    private static void checkFormat(Fields fields) throws Malformed {
        JsonNode format = fields.optional(Field.FORMAT);
        if (format == null || !format.isTextual() || !format.textValue().equals(FORMAT)) {
            throw new Malformed("expected the header, which begins {\"format\":\"" + FORMAT
                    + "\",\"version\":" + VERSION);
        }
        JsonNode version = fields.required(Field.VERSION);
        if (!version.equals(IntNode.valueOf(VERSION))) {
            throw Fields.expected(Field.VERSION, Integer.toString(VERSION), version);
        }
    }

    private static boolean cutsUnlogged(Fields fields) throws Malformed {
        JsonNode cuts = fields.optional(Field.CUTS);
        if (cuts != null && !(cuts.isTextual() && cuts.textValue().equals("unlogged"))) {
            throw Fields.expected(Field.CUTS, "\"unlogged\" or absent", cuts);
        }
        return cuts != null;
    }

    private static ProcessId process(String name) throws Malformed {
        if (name.isEmpty()) {
            throw new Malformed("a process has an empty name");
        }
        return new ProcessId(name);
    }

    private static Channel channel(String name, Fields ends, Map<String, ProcessId> processes)
            throws Malformed {
        if (name.isEmpty()) {
            throw new Malformed("a channel has an empty name");
        }
        ProcessId from = process(ends.text(Field.FROM));
        ProcessId to = process(ends.text(Field.TO));
        return new Channel(name, processes.getOrDefault(from.name(), from),
                processes.getOrDefault(to.name(), to));
    }
}
