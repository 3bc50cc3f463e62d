package org.chandylamport.trace;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.chandylamport.check.Theorem1;
import org.chandylamport.model.Event;

/** A construction of Theorem 1, shown: as text, or as JSON. */
final class WitnessText {

    /** A permuted computation of so many events is shown whole. */
    private static final int SHORT = 40;

    private WitnessText() {}

    static List<String> lines(Theorem1<?, ?> theorem) {
        List<String> lines = new ArrayList<>();
        if (theorem instanceof Theorem1.Refutation<?, ?> refutation) {
            lines.add("Theorem 1 is refuted: " + refutation.violation().explanation());
        } else if (theorem instanceof Theorem1.Witness<?, ?> witness) {
            List<? extends Event<?, ?>> events = witness.permuted().events();
            lines.add(String.format(Locale.ROOT, "Theorem 1: the permuted computation is in this"
                    + " global state after %,d of its %,d events", witness.index(), events.size()));
            for (int i = 0; i <= events.size() && events.size() <= SHORT; i++) {
                if (i == witness.index()) {
                    lines.add("  ---- here");
                }
                if (i < events.size()) {
                    lines.add("  " + shown(events.get(i)));
                }
            }
        }
        return lines;
    }

    static ObjectNode json(Theorem1<?, ?> theorem) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        if (theorem instanceof Theorem1.Refutation<?, ?> refutation) {
            object.put("refuted", refutation.violation().explanation());
        } else if (theorem instanceof Theorem1.Witness<?, ?> witness) {
            object.put("index", witness.index()).put("events", witness.permuted().events().size());
        }
        return object;
    }

    private static String shown(Event<?, ?> event) {
        if (event instanceof Event.Send<?, ?> send) {
            return send.process() + " sends " + send.message() + " along " + send.channel();
        } else if (event instanceof Event.Receive<?, ?> receive) {
            return receive.process() + " receives " + receive.message() + " along "
                    + receive.channel();
        } else if (event instanceof Event.Internal<?, ?> internal) {
            return internal.process() + " steps to " + internal.state();
        }
        return event.toString();
    }
}
