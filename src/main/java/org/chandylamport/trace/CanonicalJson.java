package org.chandylamport.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * JSON values that are {@code equals} exactly where they are equal as JSON: the order of an
 * object's keys does not matter, numbers compare by value.
 *
 * <p>Limits, so that no line can exhaust the reader: values nest {@value #DEPTH} deep, a number has
 * {@value #NUMBER} characters, and its exponent is at most {@value #EXPONENT} either way. Keys are
 * unique in their object.
 */
final class CanonicalJson {

    static final int DEPTH = 500;
    static final int NUMBER = 1000;
    static final int EXPONENT = 1_000_000_000;

    /** So many characters are a long, if they are an integer. */
    private static final int LONG = 19;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Names whose hash codes collide are read like others: what is kept of names is bounded. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(2 * DEPTH)
                    .maxNumberLength(Lines.LIMIT)
                    .maxStringLength(Lines.LIMIT)
                    .maxNameLength(Lines.LIMIT)
                    .build())
            .build();

    private CanonicalJson() {}

    /** Reads these bytes; it is in front of the first token. */
    static JsonParser parser(byte[] bytes, int start, int length) throws IOException {
        return FACTORY.createParser(bytes, start, length);
    }

    /**
     * The value that begins at the parser's current token, and is all that it reads.
     *
     * @throws IOException if there is not one JSON value and nothing else
     */
    static JsonNode only(JsonParser json) throws IOException {
        JsonNode value = value(json, 0);
        end(json);
        return value;
    }

    /** Checks that the parser has read all. */
    static void end(JsonParser json) throws IOException {
        if (json.nextToken() != null) {
            throw new JsonParseException(json, "something stands after the value");
        }
    }

    /**
     * The value that begins at the parser's current token.
     *
     * @param depth how many arrays and objects it stands in
     */
    static JsonNode value(JsonParser json, int depth) throws IOException {
        JsonToken token = json.currentToken();
        if (token == null) {
            throw new JsonParseException(json, "there is no value");
        }
        return switch (token) {
            case START_OBJECT -> object(json, deeper(json, depth));
            case START_ARRAY -> array(json, deeper(json, depth));
            case VALUE_STRING -> TextNode.valueOf(json.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(json);
            case VALUE_TRUE -> BooleanNode.TRUE;
            case VALUE_FALSE -> BooleanNode.FALSE;
            case VALUE_NULL -> NullNode.getInstance();
            default -> throw new JsonParseException(json, "unexpected " + token);
        };
    }

    private static int deeper(JsonParser json, int depth) throws JsonParseException {
        if (depth == DEPTH) {
            throw new JsonParseException(json, "values nest deeper than " + DEPTH);
        }
        return depth + 1;
    }

    private static ObjectNode object(JsonParser json, int depth) throws IOException {
        ObjectNode object = NODES.objectNode();
        for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
            json.nextToken();
            if (object.replace(key, value(json, depth)) != null) {
                throw twice(json, key);
            }
        }
        return object;
    }

    /** What to throw where a key has just been read that its object has already. */
    static JsonParseException twice(JsonParser json, String key) {
        return new JsonParseException(json, "key " + TextNode.valueOf(key) + " stands twice");
    }

    private static ArrayNode array(JsonParser json, int depth) throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(json, depth));
        }
        return array;
    }

    private static JsonNode number(JsonParser json) throws IOException {
        int length = json.getTextLength();
        if (length < LONG && json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            return integer(json.getLongValue());
        }
        if (length > NUMBER) {
            throw new JsonParseException(json,
                    "a number of " + length + " characters; " + NUMBER + " are allowed");
        }
        try {
            return canonical(new BigDecimal(json.getText()));
        } catch (ArithmeticException | NumberFormatException e) {
            throw new JsonParseException(json, "the number " + json.getText()
                    + " has an exponent beyond " + EXPONENT, e);
        }
    }

    private static JsonNode canonical(BigDecimal number) {
        if (number.signum() == 0) {
            return IntNode.valueOf(0);
        }
        BigDecimal stripped = number.stripTrailingZeros();
        int scale = stripped.scale();
        if (scale < -EXPONENT || scale > EXPONENT) {
            throw new ArithmeticException();
        }
        return scale <= 0 && stripped.precision() - scale <= NUMBER
                ? integer(stripped.toBigInteger())
                : DecimalNode.valueOf(stripped);
    }

    private static JsonNode integer(BigInteger number) {
        return number.bitLength() < Long.SIZE
                ? integer(number.longValue())
                : BigIntegerNode.valueOf(number);
    }

    private static JsonNode integer(long number) {
        return number == (int) number ? IntNode.valueOf((int) number) : LongNode.valueOf(number);
    }
}
