package org.chandylamport.trace;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;

/**
 * The module {@code Traces} that {@code spec/Logged.tla} extends: traces of one topology, as
 * constants. Processes, channels and snapshots are numbered from 1 in their order, values of JSON
 * as they come.
 */
final class TracesModule {

    private final Topology topology;
    private final List<ProcessId> processes;
    private final List<Channel> channels;
    private final Map<Channel, Integer> numbers = new HashMap<>();
    private final int snapshots;
    private final List<List<String>> words = new ArrayList<>();
    private final Map<JsonNode, Integer> values = new HashMap<>();
    private final String text;

    /** @throws IllegalArgumentException if there is no trace, or they are of several topologies */
    TracesModule(List<LoggedTrace> traces) {
        topology = traces.get(0).header.topology();
        processes = topology.processes().asList();
        channels = ImmutableList.copyOf(topology.channels());
        channels.forEach(c -> numbers.put(c, numbers.size() + 1));
        snapshots = traces.stream()
                .mapToInt(trace -> trace.snapshotIds().size()).max().orElse(0);
        text = "---- MODULE Traces ----\nEXTENDS Naturals, Sequences\n"
                + "Ends == " + sequence(channels, c ->
                        "<<" + number(c.from()) + "," + number(c.to()) + ">>")
                + "\nTrace == " + sequence(traces, this::trace)
                + "\n====\n";
    }

    String text() {
        return text;
    }

    /** A line of a trace in words, both counted from 0. */
    String words(int trace, int line) {
        List<String> lines = words.get(trace);
        return line < lines.size() ? lines.get(line) : "there is no line after the last";
    }

    private String trace(LoggedTrace trace) {
        if (!trace.header.topology().equals(topology)) {
            throw new IllegalArgumentException("traces of one module have one topology");
        }
        List<SnapshotId> ids = trace.snapshotIds().asList();
        ImmutableList<LoggedTrace.Step> steps = trace.ordered();
        List<String> lines = new ArrayList<>();
        List<String> inWords = new ArrayList<>();
        for (LoggedTrace.Step step : steps) {
            lines.add(line(step, ids));
            inWords.add(step.toString());
        }
        for (Snapshot<JsonNode, JsonNode> part : trace.snapshots) {
            lines.add(snapshot(part, ids));
            inWords.add("what snapshot " + part.id() + " recorded: " + part.state());
        }
        words.add(inWords);
        return "[initially |-> " + sequence(channels, c -> messages(
                        trace.header.initial().channels().getOrDefault(c, ImmutableList.of())))
                + ",\n log |-> " + sequence(processes, p -> log(steps, p))
                + ",\n values |-> " + sequence(processes, p -> states(trace, steps, p))
                + ",\n initiators |-> " + sequence(
                        IntStream.range(0, snapshots).boxed().toList(),
                        i -> set(i < ids.size() ? trace.initiators(ids.get(i)) : processes))
                + ",\n lines |-> " + sequence(lines, line -> line) + "]";
    }

    private String line(LoggedTrace.Step step, List<SnapshotId> ids) {
        Event<JsonNode, JsonNode> event = step.event();
        String start = "[action |-> \"" + event.getClass().getSimpleName() + "\"";
        if (event instanceof Event.Send<JsonNode, JsonNode> send) {
            return start + ", channel |-> " + number(send.channel()) + "]";
        } else if (event instanceof Event.Receive<JsonNode, JsonNode> receive) {
            return start + ", channel |-> " + number(receive.channel()) + "]";
        } else if (event instanceof Event.ReceiveMarker<JsonNode, JsonNode> receive) {
            return start + ", channel |-> " + number(receive.channel())
                    + ", snapshot |-> " + number(receive.snapshot(), ids)
                    + ", records |-> " + (step.records() ? "TRUE" : "FALSE") + "]";
        } else if (event instanceof Event.System<JsonNode, JsonNode> system) {
            return start + ", process |-> " + number(event.process())
                    + ", snapshot |-> " + number(system.snapshot(), ids) + "]";
        }
        return start + ", process |-> " + number(event.process()) + "]";
    }

    private String snapshot(Snapshot<JsonNode, JsonNode> part, List<SnapshotId> ids) {
        return "[action |-> \"Snapshot\", snapshot |-> " + number(part.id(), ids)
                + ", states |-> " + function(part.state().processes().entrySet(),
                        entry -> number(entry.getKey()) + " -> " + number(entry.getValue()))
                + ", contents |-> " + function(part.state().channels().entrySet(),
                        entry -> number(entry.getKey()) + " -> " + messages(entry.getValue()))
                + "]";
    }

    private String log(List<LoggedTrace.Step> steps, ProcessId p) {
        return sequence(events(steps, p), event -> {
            String start = "[action |-> \"" + event.getClass().getSimpleName() + "\"";
            if (event instanceof Event.Send<JsonNode, JsonNode> send) {
                return start + ", channel |-> " + number(send.channel())
                        + ", message |-> " + number(send.message()) + "]";
            } else if (event instanceof Event.Receive<JsonNode, JsonNode> receive) {
                return start + ", channel |-> " + number(receive.channel())
                        + ", message |-> " + number(receive.message()) + "]";
            }
            return start + "]";
        });
    }

    private String states(LoggedTrace trace, List<LoggedTrace.Step> steps, ProcessId p) {
        return sequence(
                Iterables.concat(
                        List.of(requireNonNull(trace.header.initial().processes().get(p))),
                        Iterables.transform(
                                events(steps, p), Event.Environment::state)),
                state -> Integer.toString(number(state)));
    }

    private static List<Event.Environment<JsonNode, JsonNode>> events(
            List<LoggedTrace.Step> steps, ProcessId p) {
        List<Event.Environment<JsonNode, JsonNode>> events = new ArrayList<>();
        for (LoggedTrace.Step step : steps) {
            if (step.event() instanceof Event.Environment<JsonNode, JsonNode> event
                    && event.process().equals(p)) {
                events.add(event);
            }
        }
        return events;
    }

    private String messages(Iterable<JsonNode> messages) {
        return sequence(messages, message -> Integer.toString(number(message)));
    }

    private String set(Iterable<ProcessId> members) {
        return StreamSupport.stream(members.spliterator(), false)
                .map(p -> Integer.toString(number(p)))
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** The function with these cases, each a number, an arrow and a value. */
    private static <T> String function(Collection<T> entries, Function<T, String> text) {
        if (entries.isEmpty()) {
            return "<<>>";
        }
        List<String> cases = entries.stream().map(text).toList();
        String domain = cases.stream()
                .map(one -> one.substring(0, one.indexOf(' ')))
                .collect(Collectors.joining(",", "{", "}"));
        return "[x \\in " + domain + " |-> CASE x = "
                + String.join("\n [] x = ", cases) + "]";
    }

    private static <T> String sequence(Iterable<T> elements, Function<T, String> element) {
        return StreamSupport.stream(elements.spliterator(), false)
                .map(element)
                .collect(Collectors.joining(",\n", "<<", ">>"));
    }

    private int number(ProcessId p) {
        return processes.indexOf(p) + 1;
    }

    private int number(Channel c) {
        return requireNonNull(numbers.get(c));
    }

    private static int number(SnapshotId s, List<SnapshotId> ids) {
        return ids.indexOf(s) + 1;
    }

    private int number(JsonNode value) {
        return values.computeIfAbsent(value, v -> values.size() + 1);
    }
}
