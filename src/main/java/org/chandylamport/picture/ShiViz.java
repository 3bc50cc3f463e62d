package org.chandylamport.picture;

import static org.chandylamport.picture.Arrow.NONE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.chandylamport.model.Event;
import org.chandylamport.model.ProcessId;

/**
 * An execution as the log that ShiViz draws: first how to parse an event and how to tell executions
 * apart (there is one), then for each event its process with a vector clock, and a line of text.
 * The clocks come from the messages and markers: nobody sent them.
 */
public final class ShiViz {

    private static final String PARSER = "(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)";

    private final Execution execution;
    private final Map<ProcessId, String> hosts = new HashMap<>();
    private final Map<ProcessId, Map<String, Integer>> clocks = new HashMap<>();
    /** The clocks of events that something was sent by, until it is received. */
    private final Map<Integer, Map<String, Integer>> sent = new HashMap<>();
    private final int[] cause;
    private final int[] uses;

    private ShiViz(Execution execution) {
        this.execution = execution;
        cause = new int[execution.events().size()];
        uses = new int[execution.events().size()];
        Arrays.fill(cause, NONE);
        for (Arrow arrow : execution.arrows()) {
            if (arrow.from() != NONE && arrow.from() < arrow.to()) {
                cause[arrow.to()] = arrow.from();
                uses[arrow.from()]++;
            }
        }
        for (ProcessId p : execution.header().topology().processes()) {
            hosts.put(p, unique(p.name().replaceAll("[\\s\\p{Cntrl}]", "_")));
            clocks.put(p, new TreeMap<>());
        }
    }

    private String unique(String name) {
        String host = name;
        for (int k = 2; hosts.containsValue(host); k++) {
            host = name + "_" + k;
        }
        return host;
    }

    /** Writes the log. */
    public static void write(Execution execution, PrintWriter out) {
        new ShiViz(execution).write(out);
    }

    private void write(PrintWriter out) {
        out.print(PARSER + "\n\n");
        for (int i = 0; i < cause.length; i++) {
            Event<JsonNode, JsonNode> event = execution.events().get(i);
            String host = hosts.getOrDefault(event.process(), "");
            Map<String, Integer> clock = tick(i, event.process(), host);
            out.print(host + " " + json(clock) + "\n" + Sentence.of(event, execution) + "\n");
        }
    }

    /** The clock of a process after its next event. */
    private Map<String, Integer> tick(int event, ProcessId p, String host) {
        Map<String, Integer> clock = clocks.getOrDefault(p, new TreeMap<>());
        clock.merge(host, 1, Integer::sum);
        if (cause[event] != NONE) {
            sent.getOrDefault(cause[event], Map.of())
                    .forEach((other, time) -> clock.merge(other, time, Math::max));
            if (--uses[cause[event]] == 0) {
                sent.remove(cause[event]);
            }
        }
        if (uses[event] > 0) {
            sent.put(event, new TreeMap<>(clock));
        }
        return clock;
    }

    private static String json(Map<String, Integer> clock) {
        StringBuilder json = new StringBuilder("{");
        clock.forEach((host, time) -> json.append(json.length() > 1 ? ", " : "")
                .append(TextNode.valueOf(host)).append(": ").append(time));
        return json.append('}').toString();
    }
}
