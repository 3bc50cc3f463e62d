package org.chandylamport.picture;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.base.Ascii;

/** Values and names as a picture has room for them. */
final class Shown {

    private static final int SHORT = 10;

    private Shown() {}

    /** A state or message in a few characters: of an object the first field, and an ellipsis. */
    static String brief(JsonNode value) {
        if (value.isObject() && !value.isEmpty()) {
            return brief(value.elements().next()) + (value.size() > 1 ? "\u2026" : "");
        }
        if (value.isArray() && value.size() > 1) {
            return "[" + brief(value.get(0)) + "\u2026]";
        }
        return truncated(value.isTextual() ? value.textValue() : value.toString(), SHORT);
    }

    /** A text without control characters, cut to a length. */
    static String truncated(String text, int length) {
        return Ascii.truncate(printable(text), length, "\u2026");
    }

    /** A text whose control characters and lone surrogates, which XML lacks, are replaced. */
    static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().map(Shown::printable).forEach(printable::appendCodePoint);
        return printable.toString();
    }

    private static int printable(int character) {
        boolean isUnprintable = Character.isISOControl(character)
                || (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE)
                || character == 0xFFFE || character == 0xFFFF;
        return isUnprintable ? 0xFFFD : character;
    }
}
