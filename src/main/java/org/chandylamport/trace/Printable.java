package org.chandylamport.trace;

import java.util.Locale;
import java.util.stream.Collectors;

/** Text that may quote names of a trace, fit to be printed on one line of a terminal. */
public final class Printable {

    private Printable() {}

    /** The text with each control character shown as in JSON, {@code \\u001b}. */
    public static String line(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        return text.codePoints()
                .mapToObj(c -> Character.isISOControl(c)
                        ? String.format(Locale.ROOT, "\\u%04x", c)
                        : Character.toString(c))
                .collect(Collectors.joining());
    }
}
