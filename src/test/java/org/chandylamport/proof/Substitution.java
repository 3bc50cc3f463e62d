package org.chandylamport.proof;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.HashMap;
import java.util.Map;

/**
 * Replaces variables by terms. A variable that a quantifier binds gets another name where it would
 * capture one of a term.
 */
record Substitution(ImmutableMap<String, Sexp> terms) {

    Sexp applyTo(Sexp formula) {
        if (formula.isWord()) {
            return terms.getOrDefault(formula.word(), formula);
        }
        return switch (formula.head()) {
            case "forall", "exists" -> quantified(formula);
            case "let" -> applyTo(withoutLet(formula));
            default -> Sexp.list(formula.items().stream().map(this::applyTo).toList());
        };
    }

    /** The body of a let, in which its variables are replaced. */
    static Sexp withoutLet(Sexp let) {
        ImmutableMap.Builder<String, Sexp> terms = ImmutableMap.builder();
        for (Sexp binding : let.get(1).items()) {
            terms.put(binding.get(0).word(), binding.get(1));
        }
        return new Substitution(terms.buildOrThrow()).applyTo(let.get(2));
    }

    private Sexp quantified(Sexp formula) {
        Map<String, Sexp> inside = new HashMap<>(terms);
        ImmutableList.Builder<Sexp> variables = ImmutableList.builder();
        for (Variable variable : Variable.list(formula.get(1))) {
            String name = variable.name();
            while (isFree(name)) {
                name += "'";
            }
            inside.put(variable.name(), Sexp.word(name));
            variables.add(new Variable(name, variable.sort()).sexp());
        }
        return Sexp.list(ImmutableList.of(formula.get(0), Sexp.list(variables.build()),
                new Substitution(ImmutableMap.copyOf(inside)).applyTo(formula.get(2))));
    }

    /** Whether a name is a word of one of the terms. */
    private boolean isFree(String name) {
        return terms.values().stream().anyMatch(term -> contains(term, name));
    }

    private static boolean contains(Sexp term, String name) {
        return term.word().equals(name)
                || term.items().stream().anyMatch(item -> contains(item, name));
    }
}
