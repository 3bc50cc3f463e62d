package org.chandylamport.trace;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A field that the trace format has, of a line or of a channel in the header. */
enum Field {
    FORMAT("format"),
    VERSION("version"),
    PROCESSES("processes"),
    CHANNELS("channels"),
    CUTS("cuts"),
    FROM("from"),
    TO("to"),
    MESSAGES("messages"),
    ACTION("action"),
    PROCESS("process"),
    CHANNEL("channel"),
    MESSAGE("message"),
    STATE("state"),
    SNAPSHOT("snapshot"),
    SAME_STEP("sameStep"),
    INITIATORS("initiators"),
    CAUSE("cause");

    private static final ImmutableMap<String, Field> NAMED =
            Maps.uniqueIndex(Arrays.asList(values()), field -> field.name);
    private static final ImmutableMap<String, Field> SQUEEZED =
            Maps.uniqueIndex(Arrays.asList(values()), field -> squeezed(field.name));

    private final String name;

    Field(String name) {
        this.name = name;
    }

    /** The field of this name, or null if there is none. */
    static @Nullable Field named(String name) {
        return NAMED.get(name);
    }

    /** The field whose name it is in other letters ({@code same_step}), or null. */
    static @Nullable Field resembling(String name) {
        return SQUEEZED.get(squeezed(name));
    }

    private static String squeezed(String name) {
        return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return name;
    }
}
