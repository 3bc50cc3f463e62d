package org.chandylamport.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Maps;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.chandylamport.sim.Exploration;
import org.chandylamport.sim.Explorer;
import org.chandylamport.spec.Model;
import org.chandylamport.spec.Tlc;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The formulas of the proof are about the specification and the code: interpreted on a finite
 * system, they reach as many states by as many steps as TLC and the explorer.
 */
@Execution(ExecutionMode.CONCURRENT)
class ProofCountsTest {

    /** Systems of spec/models. */
    private static final ImmutableList<String> COARSE = ImmutableList.of(
            "ring2", "ring2-ids2", "ring3", "multigraph", "acyclic-ids2", "abandon");

    private static final ImmutableList<String> DEEP = ImmutableList.of("abandon-ids2", "ring4");

    /** Systems of spec/models in which markers are sent one at a time; the code has no such. */
    private static final ImmutableList<String> FINE = ImmutableList.of("fine", "fine-ids2");

    private static final Duration AT_MOST = Duration.ofMinutes(3);

    private static final Theory THEORY = Theory.read();
    private static final Set<String> REPORT = new ConcurrentSkipListSet<>();

    @TestFactory
    Stream<DynamicTest> theFormulasHaveTheStatesAndStepsOfTlcAndOfTheExplorer() {
        return COARSE.stream().map(name -> dynamicTest(name, () -> assertAllAgree(name)));
    }

    @TestFactory
    @Tag("deep")
    Stream<DynamicTest> soInLargerSystems() {
        return DEEP.stream().map(name -> dynamicTest(name, () -> assertAllAgree(name)));
    }

    private static void assertAllAgree(String name) {
        Model model = model(name);
        Instance.Count count = coarse(THEORY, model);
        assertAgree(name, count, model);
        Exploration code = new Explorer<>(CountingSystem.of(model).setup()).states();
        assertEquals(code.states(), count.states(), "states of the explorer");
        assertEquals(code.steps(), count.all(), "steps of the explorer");
    }

    @TestFactory
    Stream<DynamicTest> theFineGrainedFormulasHaveTheStatesAndStepsOfTlc() {
        return FINE.stream().map(name -> dynamicTest(name, () -> {
            Model model = model(name);
            assertAgree(name, instance(THEORY, model, "FineInit", "FineNext").count(), model);
        }));
    }

    private static void assertAgree(String name, Instance.Count count, Model model) {
        Tlc.Result tlc = Tlc.check(model, AT_MOST, line -> {});
        assertTrue(tlc.isComplete(), tlc::toString);
        assertEquals(tlc.distinctStates(), OptionalLong.of(count.states()), "states of TLC");
        assertEquals(Maps.filterValues(tlc.steps(), steps -> steps > 0), count.steps(),
                "steps of each action, as TLC counts them");
        REPORT.add(String.format(Locale.ROOT, "%-14s %,9d %,9d  %s",
                name, count.states(), count.all(), model.shows()));
    }

    /** What the proof assumes of every system is true of these. */
    @TestFactory
    Stream<DynamicTest> theSystemIsOneOfThoseOfTheProof() {
        return Stream.concat(COARSE.stream(), FINE.stream()).map(name -> dynamicTest(name, () -> {
            Evaluator evaluator = new Evaluator(THEORY,
                    CountingSystem.of(model(name)).structure(THEORY));
            for (Sexp assumption : THEORY.assumptions()) {
                assertTrue(evaluator.holds(assumption.toString()), assumption::toString);
            }
        }));
    }

    /** One that changes no obligation: markers of two snapshots may overtake each other. */
    @Test
    void anActionThatDriftsIsNoticed() {
        Theory drifted = Theory.read(new Model.Mutant("ChandyLamport",
                "(forall ((r Snapshot)) (not (markerAhead t r s c)))", ImmutableList.of("true")));
        Model model = model("acyclic-ids2");
        assertTrue(coarse(drifted, model).all() > coarse(THEORY, model).all());
    }

    @Test
    void anActionSaysWhatBecomesOfEachVariable() {
        Theory silent = Theory.read(new Model.Mutant("ChandyLamport",
                "(SameMarkers t u) (SameRecordedState t u) (SameAwaitingMarker t u)))",
                ImmutableList.of("(SameMarkers t u) (SameRecordedState t u)))")));
        assertThrows(IllegalStateException.class, () -> coarse(silent, model("ring2")));
    }

    private static Model model(String name) {
        return Model.read(Path.of("spec", "models", name + ".cfg"));
    }

    private static Instance.Count coarse(Theory theory, Model model) {
        return instance(theory, model, "Init", "Environment", "System").count();
    }

    private static Instance instance(Theory theory, Model model, String init, String... next) {
        return new Instance(theory, CountingSystem.of(model).structure(theory), init, next);
    }

    @AfterAll
    static void report() {
        System.out.println("The formulas of the proof on finite systems: states and steps,"
                + " the same as TLC finds, and the explorer of the code.");
        REPORT.forEach(System.out::println);
    }
}
