package org.chandylamport.proof;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.chandylamport.proof.Evaluator.Scope;
import org.chandylamport.proof.Evaluator.Term;
import org.chandylamport.proof.Structure.Table;
import org.chandylamport.proof.Theory.Action;

/**
 * The states that are reachable in a finite structure, by the very formulas of the proof. Of an
 * action, {@code (forall (v ...) (= (f after v ...) value))} says what f becomes; all other parts
 * say when it is enabled. Init likewise.
 */
final class Instance {

    private static final int BEFORE = 0;
    private static final int AFTER = 1;

    private final Theory theory;
    private final Structure structure;
    private final Evaluator evaluator;
    private final ImmutableMap<String, Term> initial;
    private final ImmutableList<Step> steps;
    private final int[] scratch = new int[Evaluator.DEPTH];

    /** An action: when it is enabled, and what each variable becomes. */
    private record Step(Action action, int[] sizes, ImmutableList<Term> enabled,
            ImmutableMap<String, Term> updates) {}

    /** How many states there are, and how many steps by each action. */
    record Count(long states, ImmutableMap<String, Long> steps) {

        /** The steps of all actions. */
        long all() {
            return steps.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** The structure has two moments; what the formulas call before and after is set here. */
    Instance(Theory theory, Structure structure, String init, String... next) {
        this.theory = theory;
        this.structure = structure;
        this.evaluator = new Evaluator(theory, structure);
        structure.function("before", none -> BEFORE);
        structure.function("after", none -> AFTER);
        Map<String, Sexp> updates = new LinkedHashMap<>();
        List<Sexp> rest = split("(" + init + " after)", updates);
        checkState(rest.isEmpty(), "%s says more than values: %s", init, rest);
        updates.keySet().forEach(variable -> structure.function(variable, none -> 0));
        this.initial = compile(updates, Scope.EMPTY);
        this.steps = theory.actions(next).stream().map(this::step)
                .collect(ImmutableList.toImmutableList());
    }

    private Step step(Action action) {
        Scope scope = Scope.EMPTY.with(action.arguments());
        Map<String, Sexp> updates = new LinkedHashMap<>();
        List<Sexp> guards = split(action.between("before", "after"), updates);
        checkState(updates.keySet().equals(initial.keySet()),
                "%s says what becomes of %s, not of %s",
                action.name(), updates.keySet(), initial.keySet());
        return new Step(action,
                action.arguments().stream().mapToInt(v -> structure.size(v.sort())).toArray(),
                guards.stream().map(guard -> evaluator.compile(guard, scope))
                        .collect(ImmutableList.toImmutableList()),
                compile(updates, scope));
    }

    /** Puts the parts that say what becomes of a variable into a map, and returns the others. */
    private List<Sexp> split(String formula, Map<String, Sexp> updates) {
        List<Sexp> rest = new ArrayList<>();
        theory.flatten(Sexp.parse(formula).get(0)).forEach(part -> {
            Sexp says = part.head().equals("forall") ? part.get(2) : part;
            Sexp left = List.of("=", "not").contains(says.head()) ? says.get(1) : says;
            if (left.items().size() > 1 && theory.isVariable(left.head())
                    && left.get(1).word().equals("after")) {
                checkState(updates.put(left.head(), part) == null, "%s twice", left.head());
            } else {
                checkState(!part.toString().contains(" after "), "%s?", part);
                rest.add(part);
            }
        });
        return rest;
    }

    private ImmutableMap<String, Term> compile(Map<String, Sexp> updates, Scope scope) {
        ImmutableMap.Builder<String, Term> terms = ImmutableMap.builder();
        updates.forEach((name, part) -> {
            ImmutableList<Variable> bound = Variable.list(part.get(1));
            Sexp says = part.get(2);
            checkState(says.get(1).arguments().stream().skip(1).map(Sexp::word).toList()
                    .equals(bound.stream().map(Variable::name).toList()), "%s?", part);
            terms.put(name, says.head().equals("not") ? variables -> 0
                    : evaluator.compile(says.get(2), scope.with(bound)));
        });
        return terms.buildOrThrow();
    }

    /** Reaches every state, and counts. */
    Count count() {
        update(initial, 0);
        List<String> queue = new ArrayList<>(List.of(state()));
        Set<String> found = new HashSet<>(queue);
        Map<String, Long> count = new TreeMap<>();
        for (int i = 0; i < queue.size(); i++) {
            set(queue.get(i));
            for (Step step : steps) {
                take(step, 0, () -> {
                    count.merge(step.action().name(), 1L, Long::sum);
                    String next = state();
                    if (found.add(next)) {
                        queue.add(next);
                    }
                });
            }
        }
        return new Count(queue.size(), ImmutableMap.copyOf(count));
    }

    /** Takes a step with all arguments with which it is enabled. */
    private void take(Step step, int i, Runnable then) {
        if (i < step.sizes().length) {
            for (int element = 0; element < step.sizes()[i]; element++) {
                scratch[i] = element;
                take(step, i + 1, then);
            }
            return;
        }
        for (Term guard : step.enabled()) {
            if (!guard.holds(scratch)) {
                return;
            }
        }
        update(step.updates(), i);
        then.run();
    }

    /** Gives the variables their values after a step, whose arguments are in place. */
    private void update(ImmutableMap<String, Term> updates, int arguments) {
        updates.forEach((name, term) -> {
            Table table = structure.table(name);
            int half = table.values.length / 2;
            table.fill(half, 2 * half, indices -> {
                System.arraycopy(indices, 1, scratch, arguments, indices.length - 1);
                return term.value(scratch);
            });
        });
    }

    /** The values of all variables after the step. */
    private String state() {
        StringBuilder state = new StringBuilder();
        for (String name : initial.keySet()) {
            int[] values = structure.table(name).values;
            for (int i = values.length / 2; i < values.length; i++) {
                state.append((char) values[i]);
            }
        }
        return state.toString();
    }

    /** Makes this the state before a step. */
    private void set(String state) {
        int at = 0;
        for (String name : initial.keySet()) {
            int[] values = structure.table(name).values;
            for (int i = 0; i < values.length / 2; i++) {
                values[i] = state.charAt(at++);
            }
        }
    }
}
