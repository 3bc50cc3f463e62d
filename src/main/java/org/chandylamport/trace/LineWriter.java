package org.chandylamport.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.io.CountingOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chandylamport.model.Channel;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;

/** One JSON object after another, each on a line, with the fields of the trace format. */
final class LineWriter {

    static final SerializableString PROCESS = new SerializedString("process");
    static final SerializableString CHANNEL = new SerializedString("channel");
    static final SerializableString MESSAGE = new SerializedString("message");
    static final SerializableString STATE = new SerializedString("state");
    static final SerializableString CAUSE = new SerializedString("cause");
    private static final SerializableString ACTION = new SerializedString("action");
    private static final SerializableString SNAPSHOT = new SerializedString("snapshot");

    private static final ObjectWriter VALUES = JsonMapper.builder()
            .disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .build()
            .writer();

    private final CountingOutputStream bytes;
    private final JsonGenerator json;
    /** How many bytes the lines before the current one have. */
    private long start;
    private boolean isIntact;

    LineWriter(OutputStream stream) throws IOException {
        bytes = new CountingOutputStream(stream);
        json = new JsonFactory().createGenerator(bytes);
        json.setRootValueSeparator(new SerializedString(""));
    }

    /** Whether every line so far is whole: false once a method has thrown. */
    boolean isIntact() {
        return isIntact;
    }

    void flush() throws IOException {
        isIntact = false;
        json.flush();
        isIntact = true;
    }

    void header(Topology topology, GlobalState<?, ?> initial) throws IOException {
        json.writeStartObject();
        json.writeStringField("format", Header.FORMAT);
        json.writeNumberField("version", Header.VERSION);
        states(initial);
        json.writeObjectFieldStart("channels");
        for (Channel c : topology.channels()) {
            json.writeObjectFieldStart(c.name());
            json.writeStringField("from", c.from().name());
            json.writeStringField("to", c.to().name());
            List<?> messages = initial.channels().get(c);
            if (messages != null && !messages.isEmpty()) {
                json.writeFieldName("messages");
                values(messages);
            }
            json.writeEndObject();
        }
        json.writeEndObject();
        end();
    }

    void begin(String action) throws IOException {
        isIntact = false;
        json.writeStartObject();
        json.writeFieldName(ACTION);
        json.writeString(action);
    }

    /** Ends a line. One that no reader would take is refused. */
    void end() throws IOException {
        json.writeEndObject();
        json.writeRaw('\n');
        long end = bytes.getCount() + json.getOutputBuffered();
        if (end - start > Lines.LIMIT) {
            throw new IOException(String.format(Locale.ROOT, "a line of the trace has %,d bytes,"
                    + " and no reader takes more than %,d", end - start, Lines.LIMIT));
        }
        start = end;
        isIntact = true;
    }

    void name(SerializableString field, SerializableString name) throws IOException {
        json.writeFieldName(field);
        json.writeString(name);
    }

    void field(SerializableString field, Object value) throws IOException {
        json.writeFieldName(field);
        value(value);
    }

    void snapshotId(SnapshotId snapshot) throws IOException {
        json.writeFieldName(SNAPSHOT);
        json.writeNumber(snapshot.number());
    }

    void sameStep() throws IOException {
        json.writeBooleanField("sameStep", true);
    }

    void initiators(Iterable<ProcessId> initiators) throws IOException {
        json.writeArrayFieldStart("initiators");
        for (ProcessId p : initiators) {
            json.writeString(p.name());
        }
        json.writeEndArray();
    }

    void states(GlobalState<?, ?> state) throws IOException {
        json.writeObjectFieldStart("processes");
        for (Map.Entry<ProcessId, ?> entry : state.processes().entrySet()) {
            json.writeFieldName(entry.getKey().name());
            value(entry.getValue());
        }
        json.writeEndObject();
    }

    void contents(GlobalState<?, ?> state) throws IOException {
        json.writeObjectFieldStart("channels");
        for (Map.Entry<Channel, ? extends List<?>> entry : state.channels().entrySet()) {
            json.writeFieldName(entry.getKey().name());
            values(entry.getValue());
        }
        json.writeEndObject();
    }

    private void values(List<?> values) throws IOException {
        json.writeStartArray();
        for (Object value : values) {
            value(value);
        }
        json.writeEndArray();
    }

    private void value(Object value) throws IOException {
        if (value instanceof Integer number) {
            json.writeNumber(number);
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof String text) {
            json.writeString(text);
        } else {
            VALUES.writeValue(json, value);
        }
    }
}
