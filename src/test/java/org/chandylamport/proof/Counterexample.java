package org.chandylamport.proof;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Ints;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.chandylamport.proof.Evaluator.Scope;
import org.chandylamport.proof.Evaluator.Term;

/** A small finite structure in which an obligation is false. */
final class Counterexample {

    /** How many processes, channels, messages and snapshots there may be, fewest first. */
    private static final ImmutableList<ImmutableList<Integer>> SIZES = ImmutableList.of(
            ImmutableList.of(2, 1, 1, 1), ImmutableList.of(2, 1, 2, 1),
            ImmutableList.of(2, 1, 1, 2), ImmutableList.of(2, 2, 1, 1),
            ImmutableList.of(3, 2, 1, 1), ImmutableList.of(2, 2, 2, 2),
            ImmutableList.of(3, 3, 3, 3));

    /** What a counterexample may have, least first; best without channels from p to p. */
    private static final ImmutableList<String> BOUNDS = Stream.of(
                    "(assert (forall ((c Channel)) (distinct (from c) (to c))))", "")
            .flatMap(selfChannels -> SIZES.stream().map(size -> selfChannels + atMost(size)))
            .collect(ImmutableList.toImmutableList());

    private static final ImmutableMap<String, String> PREFIX = ImmutableMap.of(
            "Process", "p", "Channel", "c", "Message", "m", "Snapshot", "s", "State", "x",
            "Moment", "t");

    private Counterexample() {}

    /** A picture of where an obligation is false; nothing if z3 shows it. */
    static Optional<String> picture(Theory theory, Obligation obligation) {
        try (Z3 z3 = new Z3(theory)) {
            String answer = z3.answer(obligation);
            if (answer.equals(obligation.expected())) {
                return Optional.empty();
            }
            checkState(answer.equals("sat") && !obligation.isPossibility(),
                    "%s is not decided: %s", obligation, answer);
            Structure structure = BOUNDS.stream()
                    .flatMap(bound -> z3.model(obligation.question() + bound).stream())
                    .findFirst()
                    .map(model -> structure(theory, model))
                    .orElseThrow(() -> new IllegalStateException(
                            "no small counterexample to " + obligation));
            check(theory, structure, obligation);
            return Optional.of(Picture.of(theory, obligation, structure));
        }
    }

    /** Says that there are no more than so many elements. */
    private static String atMost(List<Integer> sizes) {
        List<String> sorts = List.of("Process", "Channel", "Message", "Snapshot");
        StringBuilder bounds = new StringBuilder();
        for (int i = 0; i < sorts.size(); i++) {
            StringBuilder some = new StringBuilder();
            StringBuilder one = new StringBuilder("(or false");
            for (int n = 0; n < sizes.get(i); n++) {
                some.append("(some").append(n).append(' ').append(sorts.get(i)).append(')');
                one.append(" (= any some").append(n).append(')');
            }
            bounds.append("(assert (exists (").append(some).append(") (forall ((any ")
                    .append(sorts.get(i)).append(")) ").append(one).append("))))");
        }
        return bounds.toString();
    }

    /** The structure that z3's model describes: it declares elements, and defines functions. */
    private static Structure structure(Theory theory, String model) {
        Theory values = Theory.of(model, Sexp.parse(model).get(0).items());
        Map<String, List<String>> universe = new TreeMap<>();
        values.functions().values().forEach(element -> universe
                .computeIfAbsent(element.sort(), sort -> new ArrayList<>()).add(element.name()));
        Structure structure = new Structure(theory);
        Structure elements = new Structure(values);
        universe.forEach((sort, names) -> {
            structure.sort(sort, IntStream.rangeClosed(1, names.size())
                    .mapToObj(i -> PREFIX.get(sort) + i).toList());
            elements.sort(sort, names);
            names.forEach(name -> elements.function(name, none -> names.indexOf(name)));
        });
        Evaluator evaluator = new Evaluator(values, elements);
        theory.functions().keySet().forEach(name -> {
            Theory.Definition definition = values.definitions().get(name);
            if (definition == null) {
                structure.function(name, arguments -> 0); // It does not matter.
            } else {
                Term value = evaluator.compile(
                        definition.body(), Scope.EMPTY.with(definition.parameters()));
                structure.function(name, arguments ->
                        value.value(Ints.concat(arguments, new int[Evaluator.DEPTH])));
            }
        });
        return structure;
    }

    /** Believes no solver: all that is assumed holds here, and what should follow does not. */
    private static void check(Theory theory, Structure structure, Obligation obligation) {
        Evaluator evaluator = new Evaluator(theory, structure);
        Stream.concat(theory.assumptions().stream().map(Sexp::toString),
                        obligation.assumptions().stream())
                .forEach(assumption -> checkState(evaluator.holds(assumption),
                        "%s is false in the counterexample", assumption));
        checkState(!evaluator.holds(obligation.conclusion()),
                "%s is true in the counterexample", obligation);
    }
}
