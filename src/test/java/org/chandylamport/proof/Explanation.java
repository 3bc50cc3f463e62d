package org.chandylamport.proof;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chandylamport.proof.Evaluator.Scope;

/** Which step a counterexample takes, and which part of the conclusion is false, and where. */
final class Explanation {

    private static final Set<String> UNFOLDED = Set.of("and", "forall", "=>", "ite", "or");

    private final Theory theory;
    private final Structure structure;
    private final Evaluator evaluator;
    private final List<Sexp> assumptions;
    private final Sexp conclusion;

    /** The elements of the variables that are bound where the explanation has got to. */
    private final Map<Variable, Integer> bound = new HashMap<>();

    Explanation(Theory theory, Structure structure, Obligation obligation) {
        this.theory = theory;
        this.structure = structure;
        this.evaluator = new Evaluator(theory, structure);
        Sexp claim = Sexp.parse(obligation.conclusion()).get(0);
        List<Sexp> all = new ArrayList<>();
        obligation.assumptions().forEach(each -> all.addAll(Sexp.parse(each)));
        if (claim.isWord()) {
            claim = theory.unfold(claim);
            all.addAll(claim.arguments().subList(0, claim.arguments().size() - 1));
            claim = claim.last();
        }
        this.assumptions = all;
        this.conclusion = claim;
    }

    /** The functions that the obligation is about, in the order in which they are declared. */
    ImmutableList<String> functions() {
        Set<String> words = new LinkedHashSet<>();
        assumptions.forEach(assumption -> collect(assumption, words));
        collect(conclusion, words);
        return theory.functions().keySet().stream().filter(words::contains)
                .collect(ImmutableList.toImmutableList());
    }

    private void collect(Sexp formula, Set<String> words) {
        if (words.add(formula.word()) && theory.definitions().containsKey(formula.word())) {
            collect(theory.definitions().get(formula.word()).body(), words);
        }
        formula.items().forEach(item -> collect(item, words));
    }

    /** The action with its arguments, if there is a step. */
    Optional<String> step() {
        return assumptions.stream().flatMap(this::steps).findFirst();
    }

    private Stream<String> steps(Sexp formula) {
        if (!theory.definitions().containsKey(formula.head()) || formula.items().size() < 3) {
            return Stream.empty();
        }
        Stream<String> some = theory.unfold(formula).head().equals("or")
                ? theory.unfold(formula).arguments().stream().flatMap(this::witness)
                : Stream.empty();
        boolean isAction = theory.actions("Environment", "System", "FineNext").stream()
                .anyMatch(action -> action.name().equals(formula.head()));
        return isAction ? Stream.of(formula.head() + formula.arguments().stream().skip(2)
                .map(argument -> " " + name(argument)).collect(Collectors.joining())) : some;
    }

    /** The action that makes {@code (exists ... action)} true, if it is true. */
    private Stream<String> witness(Sexp exists) {
        Map<Variable, Integer> before = new HashMap<>(bound);
        if (!search(Variable.list(exists.get(1)), 0, exists.get(2), true)) {
            return Stream.empty();
        }
        List<String> found = steps(exists.get(2)).toList();
        bound.clear();
        bound.putAll(before);
        return found.stream();
    }

    /** What is false, as far as it can be told apart, and for which elements. */
    String falsehood() {
        Sexp part = conclusion;
        while (true) {
            Sexp next = falsePart(part);
            if (next == part) {
                return part + where(part);
            }
            part = next;
        }
    }

    private Sexp falsePart(Sexp formula) {
        return switch (formula.head()) {
            case "and" -> formula.arguments().stream()
                    .filter(part -> !holds(part)).findFirst().orElseThrow();
            case "=>" -> formula.last();
            case "ite" -> formula.get(holds(formula.get(1)) ? 2 : 3);
            case "forall" -> {
                if (!search(Variable.list(formula.get(1)), 0, formula.get(2), false)) {
                    throw new IllegalStateException(formula + " is true");
                }
                yield formula.get(2);
            }
            default -> theory.definitions().containsKey(formula.head())
                    && !theory.unfold(formula).head().equals("or")
                    && UNFOLDED.contains(theory.unfold(formula).head())
                    ? theory.unfold(formula) : formula;
        };
    }

    /** Binds variables, from the i-th on, so that a formula is true, or false. */
    private boolean search(List<Variable> variables, int i, Sexp formula, boolean wanted) {
        if (i == variables.size()) {
            return holds(formula) == wanted;
        }
        Variable variable = variables.get(i);
        bound.keySet().removeIf(other -> other.name().equals(variable.name()));
        for (int element = 0; element < structure.size(variable.sort()); element++) {
            bound.put(variable, element);
            if (search(variables, i + 1, formula, wanted)) {
                return true;
            }
        }
        bound.remove(variable);
        return false;
    }

    private boolean holds(Sexp formula) {
        return value(formula) != 0;
    }

    private int value(Sexp formula) {
        List<Variable> variables = ImmutableList.copyOf(bound.keySet());
        int[] values = new int[Evaluator.DEPTH];
        for (int i = 0; i < variables.size(); i++) {
            values[i] = bound.get(variables.get(i));
        }
        return evaluator.compile(formula, Scope.EMPTY.with(variables)).value(values);
    }

    /** The elements of the names in a formula, but for moments. */
    private String where(Sexp formula) {
        Set<String> words = new LinkedHashSet<>();
        words(formula, words);
        String names = words.stream().filter(word -> !sort(word).isEmpty())
                .filter(word -> !sort(word).equals("Moment"))
                .map(word -> word + " = " + name(Sexp.word(word)))
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : ", where " + names;
    }

    private static void words(Sexp formula, Set<String> words) {
        words.add(formula.word());
        formula.items().forEach(item -> words(item, words));
    }

    /** The sort of a variable or constant; empty for other words. */
    private String sort(String word) {
        return bound.keySet().stream().filter(variable -> variable.name().equals(word))
                .map(Variable::sort).findFirst()
                .orElse(theory.functions().containsKey(word)
                        && theory.functions().get(word).arguments().isEmpty()
                        && !word.equals("NotRecorded") && !word.equals("Abandoned")
                        ? theory.functions().get(word).sort() : "");
    }

    private String name(Sexp word) {
        return structure.elements(sort(word.word())).get(value(word));
    }
}
