package org.chandylamport.cluster;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.NotSerializableException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.apache.pekko.util.ByteString;
import org.chandylamport.cluster.Wire.Batch;
import org.chandylamport.cluster.Wire.Control;
import org.chandylamport.cluster.Wire.Numbered;
import org.chandylamport.cluster.Wire.Told;

/**
 * Turns {@link Wire} into bytes and back: what channels carry by hand, what nodes say to each other
 * as JSON. The manifest is the name of the record; a name that is none of them is refused, so that
 * nothing else can be made of what arrives.
 */
public final class WireSerializer extends SerializerWithStringManifest {

    private static final int IDENTIFIER = 19_850_201;
    private static final String BATCH = Batch.class.getSimpleName();
    private static final String TOLD = Told.class.getSimpleName();
    private static final int HEAD = Long.BYTES + 1 + Integer.BYTES;
    private static final ImmutableMap<String, Class<?>> CONTROLS =
            Arrays.stream(Control.class.getPermittedSubclasses())
                    .collect(ImmutableMap.toImmutableMap(Class::getSimpleName, c -> c));
    private static final ObjectMapper JSON = JsonMapper.builder().addModule(new SimpleModule()
            .addSerializer(new BytesWritten())
            .addDeserializer(ByteString.class, new BytesRead())).build();

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object object) {
        return object.getClass().getSimpleName();
    }

    @Override
    public byte[] toBinary(Object object) {
        if (object instanceof Batch batch) {
            return put(ByteBuffer.allocate(size(batch)), batch).array();
        } else if (object instanceof Told told) {
            byte[] channel = told.channel().getBytes(StandardCharsets.UTF_8);
            ByteBuffer buffer = ByteBuffer.allocate(
                    Integer.BYTES + channel.length + size(told.batch()));
            return put(buffer.putInt(channel.length).put(channel), told.batch()).array();
        }
        try {
            return JSON.writeValueAsBytes(object);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            if (manifest.equals(BATCH)) {
                return batch(buffer);
            } else if (manifest.equals(TOLD)) {
                int length = Math.min(buffer.getInt(), buffer.remaining());
                String channel = new String(bytes, Integer.BYTES, length, StandardCharsets.UTF_8);
                return new Told(channel, batch(buffer.position(Integer.BYTES + length)));
            }
            Class<?> type = CONTROLS.get(manifest);
            if (type == null) {
                throw new NotSerializableException("no node sends a " + manifest);
            }
            return JSON.readValue(bytes, type);
        } catch (NotSerializableException e) {
            throw e;
        } catch (IOException | BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new NotSerializableException("it is no " + manifest + ": " + e.getMessage());
        }
    }

    private static int size(Batch batch) {
        int size = 0;
        for (Numbered one : batch.carried()) {
            size += HEAD + one.content().size();
        }
        return size;
    }

    private static ByteBuffer put(ByteBuffer buffer, Batch batch) {
        for (Numbered one : batch.carried()) {
            byte[] content = one.content().toArrayUnsafe();
            buffer.putLong(one.number()).put((byte) (one.isMarker() ? 1 : 0))
                    .putInt(content.length).put(content);
        }
        return buffer;
    }

    private static Batch batch(ByteBuffer buffer) {
        ImmutableList.Builder<Numbered> carried = ImmutableList.builder();
        while (buffer.hasRemaining()) {
            long number = buffer.getLong();
            boolean isMarker = buffer.get() != 0;
            int length = buffer.getInt();
            if (length < 0 || length > buffer.remaining()) {
                throw new BufferUnderflowException();
            }
            byte[] content = new byte[length];
            buffer.get(content);
            carried.add(new Numbered(number, isMarker, ByteString.fromArrayUnsafe(content)));
        }
        return new Batch(carried.build());
    }

    private static final class BytesWritten extends StdSerializer<ByteString> {

        private static final long serialVersionUID = 1;

        BytesWritten() {
            super(ByteString.class);
        }

        @Override
        public void serialize(ByteString bytes, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            json.writeBinary(bytes.toArrayUnsafe());
        }
    }

    private static final class BytesRead extends StdDeserializer<ByteString> {

        private static final long serialVersionUID = 1;

        BytesRead() {
            super(ByteString.class);
        }

        @Override
        public ByteString deserialize(JsonParser json, DeserializationContext context)
                throws IOException {
            return ByteString.fromArrayUnsafe(json.getBinaryValue());
        }
    }
}
