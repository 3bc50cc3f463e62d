package org.chandylamport.proof;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.graph.Graph;
import com.google.common.graph.GraphBuilder;
import com.google.common.graph.Graphs;
import com.google.common.graph.MutableGraph;

/**
 * Whether a question is in the decidable fragment of many-sorted effectively propositional logic.
 *
 * <p>From every sort of which a function takes an argument, an edge leads to the sort of its value;
 * so, too, for the functions that stand for "for all x there is a y". If there is no circle, there
 * are finitely many terms, and a solver needs to look no further.
 */
final class Fragment {

    private final Theory theory;
    private final MutableGraph<String> edges =
            GraphBuilder.directed().allowsSelfLoops(true).build();

    private Fragment(Theory theory) {
        this.theory = theory;
    }

    static boolean contains(Theory theory, Obligation obligation) {
        return !Graphs.hasCycle(graph(theory, obligation));
    }

    static Graph<String> graph(Theory theory, Obligation obligation) {
        Fragment fragment = new Fragment(theory);
        theory.functions().values().stream()
                .filter(function -> !function.sort().equals("Bool"))
                .forEach(function -> function.arguments().forEach(
                        argument -> fragment.edges.putEdge(argument, function.sort())));
        theory.assumptions().forEach(
                assumption -> fragment.walk(assumption, true, ImmutableSet.of()));
        Sexp.parse(obligation.question()).forEach(
                command -> fragment.walk(command.get(1), true, ImmutableSet.of()));
        return fragment.edges;
    }

    /**
     * Adds the edges of a part of a formula.
     *
     * @param positive whether the part is asserted, or its negation
     * @param universal the sorts of the variables that stand for all elements here
     */
    private void walk(Sexp part, boolean positive, ImmutableSet<String> universal) {
        switch (part.head()) {
            case "and", "or" -> walkAll(part.arguments(), positive, universal);
            case "not" -> walk(part.get(1), !positive, universal);
            case "=>" -> {
                walkAll(part.arguments().subList(0, part.arguments().size() - 1),
                        !positive, universal);
                walk(part.last(), positive, universal);
            }
            case "ite", "=", "distinct" -> {
                walkAll(part.arguments(), positive, universal);
                walkAll(part.arguments(), !positive, universal);
            }
            case "let" -> walk(Substitution.withoutLet(part), positive, universal);
            case "forall", "exists" -> quantified(part, positive, universal);
            default -> {
                if (theory.definitions().containsKey(part.head())) {
                    walk(theory.unfold(part), positive, universal);
                }
            }
        }
    }

    private void walkAll(
            ImmutableList<Sexp> parts, boolean positive, ImmutableSet<String> universal) {
        parts.forEach(part -> walk(part, positive, universal));
    }

    private void quantified(Sexp part, boolean positive, ImmutableSet<String> universal) {
        ImmutableSet<String> sorts = Variable.list(part.get(1)).stream()
                .map(Variable::sort).collect(ImmutableSet.toImmutableSet());
        if (part.head().equals("forall") == positive) {
            walk(part.get(2), positive,
                    ImmutableSet.<String>builder().addAll(universal).addAll(sorts).build());
        } else {
            universal.forEach(from -> sorts.forEach(to -> edges.putEdge(from, to)));
            walk(part.get(2), positive, universal);
        }
    }
}
