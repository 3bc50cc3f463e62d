package org.chandylamport.store;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A codec that writes values as JSON: numbers, strings, records and collections of them, as Jackson
 * sees them. It is strict: a field that is missing, unknown or given twice is an error, as is
 * anything behind the value.
 *
 * <p>Thread-safe.
 */
public final class JsonCodec<T> implements Codec<T> {

    /** The most bytes of a value, unless something else is said. */
    public static final int MOST_BYTES = 1 << 24;

    private final int mostBytes;
    private final ObjectWriter writer;
    private final ObjectReader reader;
    private final JavaType type;

    private JsonCodec(JsonMapper mapper, JavaType type, int mostBytes) {
        checkArgument(mostBytes > 0, "a value needs at least 1 byte, not %s", mostBytes);
        this.mostBytes = mostBytes;
        this.type = type;
        this.writer = mapper.writerFor(type);
        this.reader = mapper.readerFor(type);
    }

    /** A codec for the values of a class, each at most {@value #MOST_BYTES} bytes. */
    public static <T> JsonCodec<T> of(Class<T> type) {
        return of(type, MOST_BYTES);
    }

    /** A codec for the values of a class, each at most so many bytes. */
    public static <T> JsonCodec<T> of(Class<T> type, int mostBytes) {
        JsonMapper mapper = mapper(mostBytes);
        return new JsonCodec<>(mapper, mapper.constructType(type), mostBytes);
    }

    /** A codec for the values of a type that has parameters, each at most so many bytes. */
    public static <T> JsonCodec<T> of(TypeReference<T> type, int mostBytes) {
        JsonMapper mapper = mapper(mostBytes);
        return new JsonCodec<>(mapper, mapper.constructType(type.getType()), mostBytes);
    }

    private static JsonMapper mapper(int mostBytes) {
        JsonFactory factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(mostBytes)
                        .build())
                .build();
        return JsonMapper.builder(factory)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .build();
    }

    @Override
    public byte[] encode(T value) throws CodecException {
        byte[] bytes;
        try {
            bytes = writer.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new CodecException("a " + type.getRawClass().getSimpleName()
                    + " cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
        requireSize(bytes);
        return bytes;
    }

    @Override
    public T decode(byte[] bytes) throws CodecException {
        requireSize(bytes);
        T value;
        try {
            value = reader.readValue(bytes);
        } catch (JsonProcessingException e) {
            throw malformed(e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw malformed(e.toString(), e);
        }
        if (value == null) {
            throw new CodecException("it is null, no " + type.getRawClass().getSimpleName());
        }
        return value;
    }

    /** The value as a text of JSON. */
    public String text(T value) throws CodecException {
        return new String(encode(value), StandardCharsets.UTF_8);
    }

    /** The value that a text of JSON is. */
    public T parse(String text) throws CodecException {
        return decode(text.getBytes(StandardCharsets.UTF_8));
    }

    private CodecException malformed(String why, IOException cause) {
        return new CodecException("it is no " + type.getRawClass().getSimpleName() + ": "
                + why.lines().findFirst().orElse(""), cause);
    }

    private void requireSize(byte[] bytes) throws CodecException {
        if (bytes.length > mostBytes) {
            throw new CodecException("a " + type.getRawClass().getSimpleName() + " takes "
                    + bytes.length + " bytes; " + mostBytes + " are allowed");
        }
    }
}
