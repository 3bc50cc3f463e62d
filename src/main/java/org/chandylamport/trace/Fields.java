package org.chandylamport.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one object of a trace, asked for by name and type; what is missing or of another
 * type is said.
 */
final class Fields {

    private static final Set<String> NAMES = Set.of(
            "format", "version", "processes", "channels", "cuts", "from", "to", "messages",
            "action", "process", "channel", "message", "state", "snapshot", "sameStep",
            "initiators", "cause");
    private static final ImmutableMap<String, String> SQUEEZED =
            Maps.uniqueIndex(NAMES, Fields::squeezed);

    private final ObjectNode object;

    /**
     * The fields of a value.
     *
     * @throws Malformed if it is no object, or if a field's name is one of the format in other
     *     letters, so that it would be overlooked: {@code samestep}, {@code same_step}
     */
    Fields(JsonNode value) throws Malformed {
        if (!(value instanceof ObjectNode fields)) {
            throw new Malformed("expected an object, not " + shortened(value));
        }
        object = fields;
        for (Iterator<String> i = object.fieldNames(); i.hasNext();) {
            String field = i.next();
            if (!NAMES.contains(field) && SQUEEZED.containsKey(squeezed(field))) {
                throw new Malformed("unknown field \"" + field + "\"; it is written \""
                        + SQUEEZED.get(squeezed(field)) + "\"");
            }
        }
    }

    @Nullable JsonNode optional(String field) {
        return object.get(field);
    }

    JsonNode required(String field) throws Malformed {
        JsonNode value = object.get(field);
        if (value == null) {
            throw new Malformed("missing field \"" + field + "\"");
        }
        return value;
    }

    String text(String field) throws Malformed {
        JsonNode value = required(field);
        if (!value.isTextual()) {
            throw expected(field, "a string", value);
        }
        return value.textValue();
    }

    /** Whether the field is there and true. */
    boolean flag(String field) throws Malformed {
        JsonNode value = object.get(field);
        if (value != null && !value.isBoolean()) {
            throw expected(field, "true or false", value);
        }
        return value != null && value.booleanValue();
    }

    /** The elements of the array, none where the field is absent. */
    Iterable<JsonNode> elements(String field) throws Malformed {
        JsonNode value = object.get(field);
        if (value != null && !value.isArray()) {
            throw expected(field, "an array", value);
        }
        return value == null ? Set.of() : value;
    }

    /** The members of the object. */
    Set<Map.Entry<String, JsonNode>> members(String field) throws Malformed {
        JsonNode value = required(field);
        if (value.getNodeType() != JsonNodeType.OBJECT) {
            throw expected(field, "an object", value);
        }
        return value.properties();
    }

    static Malformed expected(String field, String type, JsonNode value) {
        return new Malformed("field \"" + field + "\" must be " + type + ", not "
                + shortened(value));
    }

    /** A value as it is shown in a sentence. */
    static String shortened(JsonNode value) {
        String text = value.toString();
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }

    private static String squeezed(String field) {
        return field.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
    }
}
