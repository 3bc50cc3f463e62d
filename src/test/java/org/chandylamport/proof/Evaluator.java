package org.chandylamport.proof;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What formulas say of a finite structure. */
final class Evaluator {

    /** How many variables may be bound at once. */
    static final int DEPTH = 64;

    private final Theory theory;
    private final Structure structure;

    Evaluator(Theory theory, Structure structure) {
        this.theory = theory;
        this.structure = structure;
    }

    /** A formula, ready to be evaluated often. */
    interface Term {

        /** Its value where its variables have these values, by their places. */
        int value(int[] variables);

        default boolean holds(int[] variables) {
            return value(variables) != 0;
        }
    }

    /**
     * The variables that are bound, each with its place.
     *
     * @param places place by name
     */
    record Scope(ImmutableMap<String, Integer> places, int next) {

        static final Scope EMPTY = new Scope(ImmutableMap.of(), 0);

        Scope with(List<Variable> variables) {
            Map<String, Integer> all = new HashMap<>(places);
            for (int i = 0; i < variables.size(); i++) {
                all.put(variables.get(i).name(), next + i);
            }
            checkArgument(next + variables.size() <= DEPTH, "too many variables: %s", variables);
            return new Scope(ImmutableMap.copyOf(all), next + variables.size());
        }
    }

    /** The value of a formula without free variables. */
    int value(String formula) {
        return compile(Sexp.parse(formula).get(0), Scope.EMPTY).value(new int[DEPTH]);
    }

    boolean holds(String formula) {
        return value(formula) != 0;
    }

    Term compile(Sexp formula, Scope scope) {
        if (formula.isWord()) {
            return word(formula, scope);
        }
        return switch (formula.head()) {
            case "let" -> compile(Substitution.withoutLet(formula), scope);
            case "forall" -> quantified(formula, scope, 1);
            case "exists" -> quantified(formula, scope, 0);
            default -> structure.has(formula.head())
                    ? lookup(formula.head(), compileAll(formula.arguments(), scope))
                    : theory.definitions().containsKey(formula.head())
                            ? compile(theory.unfold(formula), scope)
                            : connective(formula.head(), compileAll(formula.arguments(), scope));
        };
    }

    private Term[] compileAll(List<Sexp> formulas, Scope scope) {
        return formulas.stream().map(formula -> compile(formula, scope)).toArray(Term[]::new);
    }

    private Term word(Sexp formula, Scope scope) {
        String word = formula.word();
        Integer place = scope.places().get(word);
        if (place != null) {
            int at = place;
            return variables -> variables[at];
        }
        if (structure.has(word)) {
            return lookup(word, new Term[0]);
        }
        return switch (word) {
            case "true" -> variables -> 1;
            case "false" -> variables -> 0;
            default -> {
                checkArgument(theory.definitions().containsKey(word), "what is %s?", word);
                yield compile(theory.unfold(formula), scope);
            }
        };
    }

    private Term lookup(String function, Term[] arguments) {
        Structure.Table table = structure.table(function);
        checkArgument(arguments.length == table.sizes.length, "%s has other arguments", function);
        return variables -> {
            int index = 0;
            for (int i = 0; i < arguments.length; i++) {
                index = index * table.sizes[i] + arguments[i].value(variables);
            }
            return table.values[index];
        };
    }

    private static Term connective(String name, Term[] of) {
        return switch (name) {
            case "not" -> variables -> 1 - of[0].value(variables);
            case "and" -> variables -> first(of, of.length, 0, variables) < 0 ? 1 : 0;
            case "or" -> variables -> first(of, of.length, 1, variables) < 0 ? 0 : 1;
            case "=>" -> variables -> first(of, of.length - 1, 0, variables) < 0
                    ? of[of.length - 1].value(variables) : 1;
            case "ite" -> variables -> of[of[0].holds(variables) ? 1 : 2].value(variables);
            case "=", "distinct" -> {
                checkArgument(of.length == 2, "%s of %s", name, of.length);
                int same = name.equals("=") ? 1 : 0;
                yield variables -> of[0].value(variables) == of[1].value(variables)
                        ? same : 1 - same;
            }
            default -> throw new IllegalArgumentException("what is " + name + "?");
        };
    }

    /** The first of some terms that has a value, or -1. */
    private static int first(Term[] of, int count, int value, int[] variables) {
        for (int i = 0; i < count; i++) {
            if (of[i].value(variables) == value) {
                return i;
            }
        }
        return -1;
    }

    private Term quantified(Sexp formula, Scope scope, int ifAll) {
        ImmutableList<Variable> bound = Variable.list(formula.get(1));
        Term body = compile(formula.get(2), scope.with(bound));
        int[] sizes = bound.stream().mapToInt(v -> structure.size(v.sort())).toArray();
        return variables -> someHas(1 - ifAll, body, sizes, 0, scope.next(), variables)
                ? 1 - ifAll : ifAll;
    }

    private static boolean someHas(
            int value, Term body, int[] sizes, int i, int place, int[] variables) {
        if (i == sizes.length) {
            return body.value(variables) == value;
        }
        for (int element = 0; element < sizes[i]; element++) {
            variables[place + i] = element;
            if (someHas(value, body, sizes, i + 1, place, variables)) {
                return true;
            }
        }
        return false;
    }
}
