package org.chandylamport.proof;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.chandylamport.spec.Model;

/**
 * What SMT-LIB files declare, define and assume.
 *
 * @param text the files as they are
 * @param functions what is declared, constants included
 * @param assumptions what is asserted
 */
record Theory(
        String text,
        ImmutableList<String> sorts,
        ImmutableMap<String, Function> functions,
        ImmutableMap<String, Definition> definitions,
        ImmutableList<Sexp> assumptions) {

    /** A function that is declared, a constant if it has no arguments. */
    record Function(String name, ImmutableList<String> arguments, String sort) {}

    /** A function that is defined. */
    record Definition(String name, ImmutableList<Variable> parameters, Sexp body) {}

    /** A disjunct {@code (exists (arguments) (name t u arguments))}: a step from t to u. */
    record Action(String name, ImmutableList<Variable> arguments) {

        /** The step of this action between two moments. */
        String between(String t, String u) {
            StringBuilder call = new StringBuilder("(" + name + " " + t + " " + u);
            arguments.forEach(argument -> call.append(' ').append(argument.name()));
            return call.append(')').toString();
        }
    }

    private static final Path FOLDER = Path.of("spec", "proof");
    private static final ImmutableList<String> FILES = ImmutableList.of("ChandyLamport", "Lemmas");

    /** The proof, in which some lines may be changed: module is the name of the file. */
    static Theory read(Model.Mutant... mutants) {
        StringBuilder text = new StringBuilder();
        for (String file : FILES) {
            List<String> lines = lines(FOLDER.resolve(file + ".smt2"));
            for (Model.Mutant mutant : mutants) {
                if (mutant.module().equals(file)) {
                    lines = mutant.applyTo(lines);
                }
            }
            text.append(String.join("\n", lines)).append('\n');
        }
        return of(text.toString(), Sexp.parse(text.toString()));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What these commands declare, define and assert. */
    static Theory of(String text, Iterable<Sexp> commands) {
        ImmutableList.Builder<String> sorts = ImmutableList.builder();
        Map<String, Function> functions = new LinkedHashMap<>();
        Map<String, Definition> definitions = new LinkedHashMap<>();
        ImmutableList.Builder<Sexp> assumptions = ImmutableList.builder();
        for (Sexp command : commands) {
            switch (command.head()) {
                case "declare-sort" -> sorts.add(command.get(1).word());
                case "declare-fun", "declare-const" -> add(functions, command.get(1).word(),
                        new Function(command.get(1).word(),
                                command.get(2).items().stream().map(Sexp::word)
                                        .collect(ImmutableList.toImmutableList()),
                                command.last().word()));
                case "define-fun" -> add(definitions, command.get(1).word(),
                        new Definition(command.get(1).word(), Variable.list(command.get(2)),
                                command.last()));
                case "assert" -> assumptions.add(command.last());
                default -> checkArgument(List.of("set-logic", "forall").contains(command.head()),
                        "a command that is not understood: %s", command);
            }
        }
        return new Theory(text, sorts.build(), ImmutableMap.copyOf(functions),
                ImmutableMap.copyOf(definitions), assumptions.build());
    }

    private static <T> void add(Map<String, T> map, String name, T value) {
        checkArgument(map.put(name, value) == null, "%s is there twice", name);
    }

    private Sexp body(String name) {
        checkArgument(definitions.containsKey(name), "%s is not defined", name);
        return definitions.get(name).body();
    }

    /** The names of the definitions of which this one is the conjunction. */
    ImmutableList<String> conjuncts(String name) {
        checkArgument(body(name).head().equals("and"), "%s is no conjunction", name);
        return body(name).arguments().stream().map(Sexp::head)
                .collect(ImmutableList.toImmutableList());
    }

    /** The actions of which these definitions are the disjunctions. */
    ImmutableList<Action> actions(String... names) {
        return Stream.of(names).map(this::body)
                .peek(body -> checkArgument(body.head().equals("or"), "no disjunction: %s", body))
                .flatMap(body -> body.arguments().stream())
                .peek(some -> checkArgument(some.head().equals("exists"), "no action: %s", some))
                .map(some -> new Action(some.get(2).head(), Variable.list(some.get(1))))
                .collect(ImmutableList.toImmutableList());
    }

    /** The definitions without arguments: statements to be proved. */
    ImmutableList<Definition> statements() {
        return definitions.values().stream()
                .filter(definition -> definition.parameters().isEmpty())
                .collect(ImmutableList.toImmutableList());
    }

    /** What a formula that begins with a defined name says. */
    Sexp unfold(Sexp call) {
        Definition definition = definitions.get(call.head());
        ImmutableMap.Builder<String, Sexp> terms = ImmutableMap.builder();
        for (int i = 0; i < definition.parameters().size(); i++) {
            terms.put(definition.parameters().get(i).name(), call.get(i + 1));
        }
        return new Substitution(terms.buildOrThrow()).applyTo(definition.body());
    }

    /** The parts of a conjunction, in the conjunctions that its parts name, too. */
    Stream<Sexp> flatten(Sexp formula) {
        return switch (formula.head()) {
            case "and" -> formula.arguments().stream().flatMap(this::flatten);
            case "let" -> flatten(Substitution.withoutLet(formula));
            default -> definitions.containsKey(formula.head())
                    ? flatten(unfold(formula)) : Stream.of(formula);
        };
    }

    /** What is declared with a moment as its first argument. */
    boolean isVariable(String name) {
        return functions.containsKey(name)
                && Iterables.getFirst(functions.get(name).arguments(), "").equals("Moment");
    }
}
