package org.chandylamport.picture;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.chandylamport.check.Verdict;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.jspecify.annotations.Nullable;

/**
 * An execution as the page of a report reads it: in columns, with processes, channels, values and
 * snapshots by number.
 */
final class ReportJson {

    private static final int LONGEST_VALUE = 400;

    private final Execution execution;
    private final StringWriter text = new StringWriter();
    private final JsonGenerator json;
    private final Map<ProcessId, Integer> processes = new LinkedHashMap<>();
    private final Map<Channel, Integer> channels = new LinkedHashMap<>();
    private final Map<SnapshotId, Integer> snapshots = new HashMap<>();
    private final Map<JsonNode, Integer> values = new HashMap<>();
    private final List<JsonNode> valueList = new ArrayList<>();

    private ReportJson(Execution execution) throws IOException {
        this.execution = execution;
        json = JsonMapper.builder().build().createGenerator(text);
        execution.header().topology().processes()
                .forEach(p -> processes.put(p, processes.size()));
        execution.header().topology().channels().forEach(c -> channels.put(c, channels.size()));
        execution.audit().report().snapshots()
                .forEach(verdict -> snapshots.put(verdict.snapshot(), snapshots.size()));
    }

    static String of(Execution execution) {
        try {
            ReportJson report = new ReportJson(execution);
            report.write();
            return report.text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write() throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("processes");
        for (ProcessId p : processes.keySet()) {
            json.writeString(p.name());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("channels");
        for (Channel c : channels.keySet()) {
            json.writeStartArray();
            json.writeString(c.name());
            json.writeNumber(process(c.from()));
            json.writeNumber(process(c.to()));
            json.writeEndArray();
        }
        json.writeEndArray();
        numbers("initial", processes.keySet(), p ->
                value(execution.header().initial().processes().get(p)));
        writeEvents();
        writeArrows();
        json.writeArrayFieldStart("snapshots");
        for (Verdict verdict : execution.audit().report().snapshots()) {
            writeSnapshot(verdict);
        }
        json.writeEndArray();
        writeRed(Evidence.againstTrace(execution));
        json.writeFieldName("audit");
        json.writeTree(execution.audit().json());
        json.writeArrayFieldStart("values");
        for (JsonNode value : valueList) {
            json.writeString(Shown.truncated(value.toString(), LONGEST_VALUE));
        }
        json.writeEndArray();
        json.writeEndObject();
        json.close();
    }

    private void writeEvents() throws IOException {
        ImmutableList<Event<JsonNode, JsonNode>> events = execution.events();
        json.writeObjectFieldStart("events");
        StringBuilder kinds = new StringBuilder(events.size());
        events.forEach(event -> kinds.append(kind(event)));
        json.writeStringField("kind", kinds.toString());
        numbers("process", events, event -> process(event.process()));
        Map<ProcessId, JsonNode> states =
                new HashMap<>(execution.header().initial().processes());
        numbers("state", events, event -> {
            if (event instanceof Event.Environment<JsonNode, JsonNode> step
                    && !step.state().equals(states.put(step.process(), step.state()))) {
                return value(step.state());
            }
            return event instanceof Event.Internal<JsonNode, JsonNode> internal
                    ? value(internal.state()) : Arrow.NONE;
        });
        json.writeArrayFieldStart("system");
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof Event.System<JsonNode, JsonNode> event) {
                json.writeArray(new int[] {i, snapshot(event.snapshot())}, 0, 2);
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static char kind(Event<?, ?> event) {
        return event instanceof Event.Send ? 'S'
                : event instanceof Event.Receive ? 'R'
                : event instanceof Event.Internal ? 'I'
                : event instanceof Event.RecordState ? 'T'
                : event instanceof Event.ReceiveMarker ? 'M' : 'A';
    }

    private void writeArrows() throws IOException {
        json.writeObjectFieldStart("arrows");
        numbers("channel", execution.arrows(), arrow -> channel(arrow.channel()));
        numbers("from", execution.arrows(), Arrow::from);
        numbers("to", execution.arrows(), Arrow::to);
        numbers("value", execution.arrows(), arrow -> arrow.marker() == null
                ? value(arrow.message()) : -1 - snapshot(arrow.marker()));
        json.writeEndObject();
    }

    private void writeSnapshot(Verdict verdict) throws IOException {
        json.writeStartObject();
        json.writeStringField("name",
                execution.audit().snapshots().name(verdict.snapshot()).asText());
        var records = new CutLine(execution, verdict.snapshot()).records();
        numbers("records", processes.keySet(), p -> records.getOrDefault(p, Arrow.NONE));
        Snapshot<JsonNode, JsonNode> recorded = execution.snapshots().get(verdict.snapshot());
        numbers("initiators", recorded == null ? List.<ProcessId>of() : recorded.initiators(),
                this::process);
        if (recorded != null) {
            numbers("states", processes.keySet(), p -> value(recorded.state().processes().get(p)));
            json.writeArrayFieldStart("contents");
            for (Channel c : channels.keySet()) {
                List<JsonNode> content = recorded.state().channels().get(c);
                if (content == null) {
                    json.writeNull();
                } else {
                    json.writeArray(content.stream().mapToInt(this::value).toArray(), 0,
                            content.size());
                }
            }
            json.writeEndArray();
        }
        writeRed(Evidence.against(execution, verdict));
        json.writeEndObject();
    }

    private void writeRed(Evidence evidence) throws IOException {
        json.writeObjectFieldStart("red");
        numbers("events", evidence.events(), event -> event);
        Map<Arrow, Integer> numbers = new HashMap<>();
        for (int i = 0; i < execution.arrows().size() && !evidence.arrows().isEmpty(); i++) {
            if (evidence.isAbout(execution.arrows().get(i))) {
                numbers.put(execution.arrows().get(i), i);
            }
        }
        numbers("arrows", numbers.values(), arrow -> arrow);
        numbers("processes", evidence.processes(), this::process);
        json.writeEndObject();
    }

    private <T> void numbers(String name, Iterable<T> things, ToIntFunction<T> number)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (T thing : things) {
            json.writeNumber(number.applyAsInt(thing));
        }
        json.writeEndArray();
    }

    private int process(ProcessId p) {
        return processes.getOrDefault(p, Arrow.NONE);
    }

    private int channel(Channel c) {
        return channels.getOrDefault(c, Arrow.NONE);
    }

    private int snapshot(SnapshotId id) {
        return snapshots.getOrDefault(id, Arrow.NONE);
    }

    /** The number of a value; none where there is none. */
    private int value(@Nullable JsonNode value) {
        if (value == null) {
            return Arrow.NONE;
        }
        return values.computeIfAbsent(value, added -> {
            valueList.add(added);
            return valueList.size() - 1;
        });
    }
}
