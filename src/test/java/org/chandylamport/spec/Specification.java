package org.chandylamport.spec;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chandylamport.model.Channel;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import tla2sany.semantic.FormalParamNode;
import tlc2.tool.Action;
import tlc2.tool.StateVec;
import tlc2.tool.TLCState;
import tlc2.tool.impl.FastTool;
import tlc2.util.FP64;
import tlc2.value.impl.Value;
import util.SimpleFilenameToStream;
import util.ToolIO;

/**
 * A model, as TLC evaluates it: its initial state, its actions with their arguments, and where they
 * lead. TLC keeps much of it in static variables: there can be one a JVM.
 */
final class Specification {

    private final FastTool tool;
    private final Map<String, Action> actions = new LinkedHashMap<>();

    /** Reads the module, and a configuration, from the working folder. */
    Specification(String module, String configuration) {
        FP64.Init();
        ToolIO.setMode(ToolIO.TOOL);
        this.tool = new FastTool(module, configuration, new SimpleFilenameToStream());
        for (Action action : tool.getActions()) {
            checkState(actions.put(instance(action), action) == null,
                    "%s stands twice in Next", instance(action));
        }
    }

    /** The actions with their arguments, written {@code RecordState(1, p)}, enabled or not. */
    ImmutableList<String> instances() {
        return ImmutableList.copyOf(actions.keySet());
    }

    TLCState initial() {
        StateVec states = tool.getInitStates();
        checkState(states.size() == 1, "there are %s initial states", states.size());
        return states.elementAt(0);
    }

    /** The graph, which the initial state of the computation in {@code Counting} shows. */
    Topology topology() {
        Map<String, ProcessId> receivers = new HashMap<>();
        Map<String, Value> states = Variables.function(initial().lookup("state"));
        states.forEach((p, state) -> channels(state, "received")
                .forEach(c -> receivers.put(c, new ProcessId(p))));
        List<Channel> channels = new ArrayList<>();
        states.forEach((p, state) -> channels(state, "sent")
                .forEach(c -> channels.add(new Channel(c, new ProcessId(p), receivers.get(c)))));
        return new Topology(states.keySet().stream().map(ProcessId::new).toList(), channels);
    }

    private static Set<String> channels(Value state, String field) {
        return Variables.function(Variables.function(state).get(field)).keySet();
    }

    ImmutableSet<SnapshotId> snapshots() {
        return Variables.function(initial().lookup("recordedState")).keySet().stream()
                .map(s -> new SnapshotId(Long.parseLong(s)))
                .collect(ImmutableSet.toImmutableSet());
    }

    /** The states after the instance of an action: one, or none if it is not enabled. */
    List<TLCState> successors(TLCState state, String instance) {
        StateVec next = tool.getNextStates(Objects.requireNonNull(actions.get(instance)), state);
        List<TLCState> successors = new ArrayList<>(1);
        for (int i = 0; i < next.size(); i++) {
            successors.add(next.elementAt(i));
        }
        return successors;
    }

    private static String instance(Action action) {
        return action.getName() + Stream.of(action.getOpDef().getParams())
                .map(parameter -> Variables.text(argument(action, parameter)))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static Object argument(Action action, FormalParamNode parameter) {
        return action.con.lookup(symbol -> symbol.getName().equals(parameter.getName()));
    }
}
