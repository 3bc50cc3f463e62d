package org.chandylamport.trace;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one object of a trace, asked for by name and type; what is missing or of another
 * type is said. Fields that the format does not have are read, and forgotten.
 */
final class Fields {

    private final Map<Field, JsonNode> values = new EnumMap<>(Field.class);
    private Set<String> others = Set.of();
    private @Nullable String problem;

    private Fields() {}

    /**
     * The fields of the value that is all that the parser reads.
     *
     * @throws IOException if it is not one JSON value and nothing else
     */
    static Fields read(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return of(CanonicalJson.only(json));
        }
        Fields fields = new Fields();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            if (!fields.put(name, CanonicalJson.value(json, 1))) {
                throw CanonicalJson.twice(json, name);
            }
        }
        CanonicalJson.end(json);
        return fields;
    }

    /** The fields of a value. */
    static Fields of(JsonNode value) {
        Fields fields = new Fields();
        if (!value.isObject()) {
            fields.problem = "expected an object, not " + shortened(value);
        }
        value.properties().forEach(entry -> fields.put(entry.getKey(), entry.getValue()));
        return fields;
    }

    /** False if there is a field of that name already. */
    private boolean put(String name, JsonNode value) {
        Field field = Field.named(name);
        if (field != null) {
            return values.put(field, value) == null;
        }
        if (problem == null && Field.resembling(name) != null) {
            problem = "unknown field \"" + name + "\"; it is written \""
                    + Field.resembling(name) + "\"";
        }
        if (others.isEmpty()) {
            others = new HashSet<>();
        }
        return others.add(name);
    }

    /**
     * These fields.
     *
     * @throws Malformed if the value is no object, or if a field's name is one of the format in
     *     other letters, so that it would be overlooked: {@code samestep}, {@code same_step}
     */
    Fields checked() throws Malformed {
        if (problem != null) {
            throw new Malformed(problem);
        }
        return this;
    }

    @Nullable JsonNode optional(Field field) {
        return values.get(field);
    }

    JsonNode required(Field field) throws Malformed {
        JsonNode value = optional(field);
        if (value == null) {
            throw new Malformed("missing field \"" + field + "\"");
        }
        return value;
    }

    String text(Field field) throws Malformed {
        JsonNode value = required(field);
        if (!value.isTextual()) {
            throw expected(field, "a string", value);
        }
        return value.textValue();
    }

    /** Whether the field is there and true. */
    boolean flag(Field field) throws Malformed {
        JsonNode value = optional(field);
        if (value != null && !value.isBoolean()) {
            throw expected(field, "true or false", value);
        }
        return value != null && value.booleanValue();
    }

    /** The elements of the array, none where the field is absent. */
    Iterable<JsonNode> elements(Field field) throws Malformed {
        JsonNode value = optional(field);
        if (value != null && !value.isArray()) {
            throw expected(field, "an array", value);
        }
        return value == null ? Set.of() : value;
    }

    /** The members of the object. */
    Set<Map.Entry<String, JsonNode>> members(Field field) throws Malformed {
        JsonNode value = required(field);
        if (value.getNodeType() != JsonNodeType.OBJECT) {
            throw expected(field, "an object", value);
        }
        return value.properties();
    }

    /** What to say of a field, or of a member of one, that has another type. */
    static Malformed expected(Object field, String type, JsonNode value) {
        return new Malformed("field \"" + field + "\" must be " + type + ", not "
                + shortened(value));
    }

    /** A value as it is shown in a sentence. */
    static String shortened(JsonNode value) {
        String text = value.toString();
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }
}
