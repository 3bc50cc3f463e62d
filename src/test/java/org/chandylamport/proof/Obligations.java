package org.chandylamport.proof;

import com.google.common.collect.ImmutableList;
import java.util.stream.Stream;
import org.chandylamport.proof.Theory.Action;
import org.chandylamport.proof.Theory.Definition;

/** What is to be shown of a theory: each invariant of each action, and each statement. */
final class Obligations {

    private final Theory theory;
    private final ImmutableList.Builder<Obligation> all = ImmutableList.builder();

    private Obligations(Theory theory) {
        this.theory = theory;
    }

    static ImmutableList<Obligation> of(Theory theory) {
        Obligations obligations = new Obligations(theory);
        obligations.induction("Init", "Invariant", "Environment", "System");
        obligations.steps();
        obligations.statements();
        obligations.induction("FineInit", "FineInvariant", "FineNext");
        return obligations.all.build();
    }

    private void induction(String init, String invariant, String... next) {
        for (String conjunct : theory.conjuncts(invariant)) {
            add(init + " implies each part of " + invariant, init + " implies " + conjunct,
                    ImmutableList.of("(" + init + " before)"), "(" + conjunct + " before)");
        }
        for (Action action : theory.actions(next)) {
            String step = action.between("before", "after");
            add("the actions of " + String.join(" and ", next) + " are possible",
                    action.name() + " is possible",
                    ImmutableList.of(at(invariant, "before"), at(invariant, "after"), step), "");
            for (String conjunct : theory.conjuncts(invariant)) {
                add("each of their steps keeps each part of " + invariant,
                        action.name() + " keeps " + conjunct,
                        ImmutableList.of(at(invariant, "before"), step), at(conjunct, "after"));
            }
        }
    }

    private static String at(String predicate, String moment) {
        return "(" + predicate + " " + moment + ")";
    }

    private void steps() {
        for (Action action : theory.actions("Environment", "System")) {
            for (String conjunct : theory.conjuncts("EveryStep")) {
                add("each step has each part of EveryStep",
                        action.name() + " has " + conjunct,
                        ImmutableList.of(at("Invariant", "before"), at("Invariant", "after"),
                                action.between("before", "after")),
                        "(" + conjunct + " before after)");
            }
        }
    }

    /** Each statement; and that all it assumes is possible, in both cases where it has two. */
    private void statements() {
        for (Definition statement : theory.statements()) {
            add("statements", statement.name(), ImmutableList.of(), statement.name());
            Sexp body = statement.body();
            ImmutableList<String> assumptions = body.arguments()
                    .subList(0, body.arguments().size() - 1).stream()
                    .map(Sexp::toString).collect(ImmutableList.toImmutableList());
            Stream<String> cases = body.last().head().equals("ite")
                    ? Stream.of(body.last().get(1) + "", "(not " + body.last().get(1) + ")")
                    : Stream.of("true");
            cases.forEach(each -> add("what they assume is possible",
                    "what " + statement.name() + " assumes is possible"
                            + (each.equals("true") ? "" : ", where " + each),
                    ImmutableList.<String>builder().addAll(assumptions).add(each).build(), ""));
        }
    }

    private void add(
            String group, String name, ImmutableList<String> assumptions, String conclusion) {
        all.add(new Obligation(group, name, assumptions, conclusion));
    }
}
