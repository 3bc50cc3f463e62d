package org.chandylamport.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The same word for a thing in the proof and in the specification. */
class ProofNamesTest {

    private static final Path SPEC = Path.of("spec");

    private final Theory theory = Theory.read();

    @Test
    void theActionsOfTheProofAreThoseOfTheSpecificationInTheirOrder() throws IOException {
        List<String> proved = names(theory.actions("Environment", "System"));
        String specification = Files.readString(SPEC.resolve("ChandyLamport.tla"));
        assertEquals(defined(specification).filter(proved::contains).toList(), proved);
        Set<String> all = new TreeSet<>(disjuncts(specification, "Environment"));
        all.addAll(disjuncts(specification, "System"));
        assertEquals(all, new TreeSet<>(proved));
    }

    @Test
    void theFineGrainedActionsOfTheProofAreThoseOfTheSpecification() throws IOException {
        assertEquals(disjuncts(Files.readString(SPEC.resolve("FineGrained.tla")), "FineNext"),
                new TreeSet<>(names(theory.actions("FineNext"))));
    }

    @Test
    void theVariablesOfTheSpecificationAreThoseOfTheProof() throws IOException {
        String specification = Files.readString(SPEC.resolve("ChandyLamport.tla"));
        List<String> variables = matches("(?m)^  (\\w+),? +\\\\\\* \\w+\\[",
                specification.substring(specification.indexOf("VARIABLES"))).toList();
        assertEquals(5, variables.size(), variables::toString);
        for (String variable : variables) {
            assertTrue(variable.equals("channel") || theory.isVariable(variable), variable);
        }
    }

    @Test
    void whatTlcChecksOfSmallSystemsIsProvedOfAll() throws IOException {
        List<String> proved = Stream.of("Invariant", "EveryStep")
                .flatMap(name -> theory.conjuncts(name).stream()).toList();
        List<String> checked = matches("(?m)^(?:INVARIANTS|PROPERTIES) (.*)$",
                Files.readString(SPEC.resolve("models/ring2.cfg")))
                .flatMap(line -> Splitter.on(' ').splitToStream(line)).toList();
        assertTrue(checked.size() > 5, checked::toString);
        assertTrue(proved.containsAll(checked), () -> checked + " in " + proved);
    }

    private static List<String> names(ImmutableList<Theory.Action> actions) {
        return actions.stream().map(Theory.Action::name).toList();
    }

    private static Stream<String> defined(String module) {
        return matches("(?m)^(\\w+)\\([\\w, ]+\\) ==", module);
    }

    /** The actions that a definition of the form {@code Name == \/ ... \/ ...} names. */
    private static Set<String> disjuncts(String module, String name) {
        String start = "\n" + name + " ==\n";
        String body = module.substring(module.indexOf(start) + start.length());
        return matches("(\\w+)\\(", body.substring(0, body.indexOf(" ==")))
                .filter(defined(module).toList()::contains)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What the first group matches, everywhere. */
    private static Stream<String> matches(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(match -> match.group(1))
                .toList().stream();
    }
}
