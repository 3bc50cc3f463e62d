package org.chandylamport.spec;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Joiner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Marker;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.sim.Counting;
import org.chandylamport.sim.Setup;
import org.chandylamport.sim.SystemState;
import tlc2.tool.TLCState;
import tlc2.value.impl.FcnRcdValue;
import tlc2.value.impl.IntValue;
import tlc2.value.impl.ModelValue;
import tlc2.value.impl.SetEnumValue;
import tlc2.value.impl.StringValue;
import tlc2.value.impl.TupleValue;
import tlc2.value.impl.Value;

/**
 * A state in the words of the specification: its variables and their values, written alike whether
 * it is a state of the specification or of the code. Two states are the same if all of it is.
 *
 * @param values for {@code recordedState[1][p]} and the like, the value
 */
record Variables(Map<String, String> values) {

    /** The variables whose values are the same for all snapshots; others have one for each. */
    private static final List<String> UNDERLYING = List.of("state", "channel");

    /** The variables of the specification, whichever it has. */
    static Variables of(TLCState state) {
        Map<String, String> values = new TreeMap<>();
        state.getVals().forEach((name, value) -> function(value).forEach((key, at) -> {
            String variable = name + "[" + key + "]";
            if (UNDERLYING.contains(name.toString())) {
                values.put(variable, text(at));
            } else {
                function(at).forEach((p, x) -> values.put(variable + "[" + p + "]", text(x)));
            }
        }));
        return new Variables(values);
    }

    /** What the code has for the variables of the specification. */
    static Variables of(
            Setup<Counting.State, Integer> setup, SystemState<Counting.State, Integer> state) {
        Map<String, String> values = new TreeMap<>();
        for (ProcessId p : setup.topology().processes()) {
            values.put("state[" + p + "]", text(state.state(p)));
            for (SnapshotId s : setup.initiators().keySet()) {
                values.put("recordedState[" + s + "][" + p + "]", recorded(state, s, p));
                values.put("awaitingMarker[" + s + "][" + p + "]",
                        set(state.awaitingMarker(s, p)));
            }
        }
        for (Channel c : setup.topology().channels()) {
            values.put("channel[" + c + "]", sequence(state.channel(c).stream()
                    .map(item -> item instanceof Marker marker
                            ? "[marker |-> " + marker.snapshot() + "]"
                            : "[message |-> " + item + "]")
                    .toList()));
            for (SnapshotId s : setup.initiators().keySet()) {
                values.put("recordedChannel[" + s + "][" + c + "]",
                        sequence(state.recordedChannel(s, c)));
            }
        }
        return new Variables(values);
    }

    /** Each variable in which the states differ, a line each. */
    static List<String> differences(Variables specification, Variables code) {
        if (specification.equals(code)) {
            return List.of(); // Nearly always.
        }
        TreeSet<String> all = new TreeSet<>(specification.values.keySet());
        all.addAll(code.values.keySet());
        return all.stream()
                .filter(variable -> !specification.value(variable).equals(code.value(variable)))
                .map(variable -> variable + ": the specification has "
                        + specification.value(variable) + ", the code has " + code.value(variable))
                .toList();
    }

    private String value(String variable) {
        return values.getOrDefault(variable, "nothing");
    }

    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + " = " + entry.getValue())
                .collect(Collectors.joining("\n"));
    }

    private static String recorded(
            SystemState<Counting.State, Integer> state, SnapshotId s, ProcessId p) {
        Counting.State recorded = state.recordedState(s, p);
        return recorded != null ? text(recorded)
                : state.hasAbandoned(s, p) ? "Abandoned" : "NotRecorded";
    }

    private static String text(Counting.State state) {
        return "[received |-> " + function(state.received(), Object::toString)
                + ", sent |-> " + function(state.sent(), Object::toString) + "]";
    }

    /** A value of TLC, in its simplest form: a function on 1..n is a sequence. */
    static String text(Object value) {
        if (value instanceof IntValue || value instanceof ModelValue) {
            return value.toString();
        } else if (value instanceof StringValue string) {
            return string.getVal().toString();
        } else if (value instanceof SetEnumValue set) {
            List<String> elements = new ArrayList<>();
            for (int i = 0; i < set.elems.size(); i++) {
                elements.add(text(set.elems.elementAt(i)));
            }
            return set(elements);
        }
        checkArgument(value instanceof Value, "%s", value);
        Value some = (Value) value;
        if (some.toTuple() instanceof TupleValue tuple) {
            return sequence(List.of(tuple.elems).stream().map(Variables::text).toList());
        } else if (some.toFcnRcd() instanceof FcnRcdValue) {
            return function(function(some), Variables::text);
        }
        checkArgument(some.toSetEnum() instanceof SetEnumValue, "unknown kind of value: %s", some);
        return text(some.toSetEnum());
    }

    /** What the function has for each element of its domain. */
    static Map<String, Value> function(Object value) {
        FcnRcdValue function = (FcnRcdValue) ((Value) value).toFcnRcd();
        Value[] domain = function.getDomainAsValues();
        Map<String, Value> map = new TreeMap<>();
        for (int i = 0; i < domain.length; i++) {
            map.put(text(domain[i]), function.values[i]);
        }
        return map;
    }

    /** The empty function and the empty sequence are the same, in TLA+ and here. */
    private static <V> String function(
            Map<?, ? extends V> map, Function<V, String> text) {
        return map.isEmpty() ? sequence(List.of()) : map.entrySet().stream()
                .map(entry -> entry.getKey() + " |-> " + text.apply(entry.getValue()))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String sequence(Collection<?> values) {
        return "<<" + Joiner.on(", ").join(values) + ">>";
    }

    private static String set(Collection<?> values) {
        return values.stream().map(Object::toString).sorted()
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
