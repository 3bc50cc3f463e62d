package org.chandylamport.spec;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Lists;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.chandylamport.sim.Action;
import org.chandylamport.sim.Counting;
import org.chandylamport.sim.Setup;
import org.chandylamport.sim.Simulator;
import org.chandylamport.sim.Steps;
import org.chandylamport.sim.SystemState;
import org.jspecify.annotations.Nullable;
import tlc2.tool.TLCState;

/**
 * The specification and the code, both at once: from every state that the specification can reach,
 * breadth first, every instance of an action is tried on both. It must be enabled in both or in
 * neither, and lead to the same state.
 *
 * <p>The code tries it twice: by its step function, and, where it is enabled, by a run from the
 * initial state. States of the specification and of the code must match one to one: the code may
 * not tell states apart that the specification does not, nor the reverse.
 */
final class LockStep {

    private static final int PROGRESS_INTERVAL = 20_000;

    private final Specification specification;
    private final Setup<Counting.State, Integer> setup;
    private final Steps<Counting.State, Integer> steps;
    private final ImmutableMap<String, Action> actions;

    /** States are numbered in the order in which they are found. */
    private final Map<Long, Integer> numbers = new HashMap<>();
    private final List<SystemState<Counting.State, Integer>> states = new ArrayList<>();
    private final List<@Nullable Arrival> arrivals = new ArrayList<>();
    private final Deque<TLCState> waiting = new ArrayDeque<>();
    private long enabled;
    private long disabled;

    /** How a state was found: from which, and by what. The initial state was not. */
    private record Arrival(int from, Action action) {}

    LockStep(Specification specification, Setup<Counting.State, Integer> setup) {
        this.specification = specification;
        this.setup = setup;
        this.steps = new Steps<>(setup);
        this.actions = specification.instances().stream().collect(ImmutableMap.toImmutableMap(
                instance -> instance,
                instance -> Action.parse(instance, setup.topology()).get(0)));
        checkState(actions.values().containsAll(setup.actions()),
                "the code has actions that the specification lacks: %s, %s",
                setup.actions(), actions.values());
    }

    /** What was compared, up to the first difference: no schedule leads to one sooner. */
    record Comparison(
            long states, long enabled, long disabled, ImmutableList<String> difference) {}

    Comparison run() {
        TLCState initial = specification.initial();
        ImmutableList<String> difference = ImmutableList.copyOf(Variables.differences(
                Variables.of(initial), Variables.of(setup, steps.initial())));
        if (!difference.isEmpty()) {
            return found(difference);
        }
        add(initial, steps.initial(), null);
        for (int number = 0; number < states.size(); number++) {
            TLCState state = waiting.remove();
            for (String instance : actions.keySet()) {
                difference = compare(state, number, instance);
                if (!difference.isEmpty()) {
                    return found(difference);
                }
            }
            if (number % PROGRESS_INTERVAL == PROGRESS_INTERVAL - 1) {
                System.out.println("Progress(" + number + " of " + states.size() + " so far)");
            }
        }
        return found(ImmutableList.of());
    }

    private Comparison found(ImmutableList<String> difference) {
        return new Comparison(states.size(), enabled, disabled, difference);
    }

    private ImmutableList<String> compare(TLCState state, int number, String instance) {
        List<TLCState> expected = specification.successors(state, instance);
        if (expected.size() > 1) {
            return report(state, number, instance, List.of(
                    "the specification has " + expected.size() + " successors"));
        }
        SystemState<Counting.State, Integer> actual;
        try {
            actual = steps.successor(states.get(number), action(instance));
        } catch (RuntimeException | AssertionError e) {
            return report(state, number, instance, List.of((expected.isEmpty()
                    ? "not " : "") + "enabled in the specification, the code fails: " + e));
        }
        if (expected.isEmpty() != (actual == null)) {
            return report(state, number, instance, List.of(expected.isEmpty()
                    ? "enabled in the code, not in the specification"
                    : "enabled in the specification, not in the code"));
        } else if (actual == null) {
            disabled++;
            return ImmutableList.of();
        }
        enabled++;
        List<String> difference = compare(expected.get(0), actual, number, instance);
        if (difference.isEmpty()) {
            difference = replay(expected.get(0), actual, number, instance);
        }
        return difference.isEmpty() ? ImmutableList.of()
                : report(state, number, instance, difference);
    }

    /**
     * The step function puts a core into a state by force; here the cores go the whole way to the
     * state on their own, and what they remember of it besides their value must not matter.
     */
    private List<String> replay(TLCState expected, SystemState<Counting.State, Integer> actual,
            int number, String instance) {
        Simulator<Counting.State, Integer> run = new Simulator<>(setup);
        try {
            scheduleTo(number).forEach(run::perform);
            run.perform(action(instance));
        } catch (RuntimeException | AssertionError e) {
            return List.of("the code fails: " + e);
        }
        SystemState<Counting.State, Integer> reached = run.systemState();
        if (reached.equals(actual)) {
            return List.of();
        }
        List<String> difference = new ArrayList<>(
                Variables.differences(Variables.of(expected), Variables.of(setup, reached)));
        difference.add("where the cores, on their own, get to: " + reached);
        return difference;
    }

    /** A state that is known was compared when it was found: the code must have the same again. */
    private List<String> compare(TLCState expected, SystemState<Counting.State, Integer> actual,
            int from, String instance) {
        Integer known = numbers.get(expected.fingerPrint());
        if (known != null && states.get(known).equals(actual)) {
            return List.of();
        }
        List<String> difference =
                Variables.differences(Variables.of(expected), Variables.of(setup, actual));
        if (difference.isEmpty() && known != null) {
            return List.of("the code tells states apart that the specification does not: "
                    + actual, "differs from " + states.get(known));
        } else if (difference.isEmpty()) {
            add(expected, actual, new Arrival(from, action(instance)));
        }
        return difference;
    }

    private void add(TLCState expected, SystemState<Counting.State, Integer> actual,
            @Nullable Arrival by) {
        numbers.put(expected.fingerPrint(), states.size());
        states.add(actual);
        arrivals.add(by);
        waiting.add(expected);
    }

    private Action action(String instance) {
        return actions.get(instance);
    }

    private ImmutableList<String> report(
            TLCState state, int number, String instance, List<String> difference) {
        return Stream.of(
                        Stream.of(instance + " differs"),
                        difference.stream(),
                        Stream.of("after the schedule: " + Action.line(scheduleTo(number)),
                                "in the state:", Variables.of(state).toString()))
                .flatMap(lines -> lines)
                .flatMap(String::lines)
                .collect(ImmutableList.toImmutableList());
    }

    private List<Action> scheduleTo(int number) {
        List<Action> schedule = new ArrayList<>();
        for (Arrival by = arrivals.get(number); by != null; by = arrivals.get(by.from)) {
            schedule.add(by.action);
        }
        return Lists.reverse(schedule);
    }
}
