package org.chandylamport.spec;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Runs TLC on every model of {@code spec/}, or on those whose names match {@code -Dspec.models}.
 * With {@code -Dspec.table=true} the table of models in {@code spec/README.md} is written from the
 * runs, and keeps its rows of models that were not run.
 */
@Execution(ExecutionMode.CONCURRENT)
class SpecificationTest {

    private static final ImmutableList<Model> MODELS = Model.in("models");
    private static final ImmutableList<Model> MUST_FAIL = Model.in("must-fail");
    private static final int INVARIANT_VIOLATED = 12;
    private static final int TEMPORAL_PROPERTY_VIOLATED = 13;

    private static final Pattern ONLY = Pattern.compile(System.getProperty("spec.models", ".*"));
    private static final ModelTable TABLE = ModelTable.read();

    @TestFactory
    Stream<DynamicTest> everyModelHolds() {
        return tests(MODELS, model -> !model.isDeep());
    }

    @TestFactory
    @Tag("deep")
    Stream<DynamicTest> everyLargeModelHolds() {
        return tests(MODELS, Model::isDeep);
    }

    @TestFactory
    Stream<DynamicTest> everyModelThatMustFailFailsForItsReason() {
        return tests(MUST_FAIL, model -> true);
    }

    @Test
    @DisabledIfSystemProperty(named = "spec.table", matches = "true", disabledReason = "writes it")
    void theTableListsEveryModel() {
        assertEquals(
                Stream.of(MODELS, MUST_FAIL).flatMap(ImmutableList::stream)
                        .map(ModelTable::result).collect(toSet()),
                TABLE.results(),
                "spec/README.md differs from the models: write its table with -Dspec.table=true");
    }

    @Test
    void aMutantChangesExactlyOneLine() {
        Model.Mutant mutant = new Model.Mutant("M", "x", ImmutableList.of("y", "  z"));
        assertEquals(List.of("a", "  y", "    z", "b"), mutant.applyTo(List.of("a", "  x", "b")));
        assertThrows(IllegalArgumentException.class, () -> mutant.applyTo(List.of("a", "xx")));
        assertThrows(IllegalArgumentException.class, () -> mutant.applyTo(List.of("x", " x")));
    }

    private static Stream<DynamicTest> tests(
            ImmutableList<Model> models, Predicate<Model> which) {
        return models.stream()
                .filter(which)
                .filter(model -> ONLY.matcher(model.name()).matches())
                .map(model -> dynamicTest(
                        model.name() + ": " + model.shows(),
                        model.file().toUri(),
                        () -> run(model)));
    }

    private static void run(Model model) throws IOException {
        Duration atMost = Duration.ofMinutes(model.isDeep() ? 60 : 3);
        Tlc.Result result = Tlc.check(model, atMost, line -> {
            if (model.isDeep()) {
                System.out.println(model.name() + ": " + line);
            }
        });
        if (model.violates().isEmpty()) {
            assertHolds(model, result);
        } else {
            assertIsViolated(model, result);
        }
        if (Boolean.getBoolean("spec.table")) {
            synchronized (TABLE) {
                TABLE.put(model, result);
                TABLE.write(Iterables.concat(MODELS, MUST_FAIL));
            }
        }
    }

    private static void assertHolds(Model model, Tlc.Result result) {
        assertTrue(result.isComplete(), result::toString);
        assertEquals(model.distinctStates(), result.distinctStates(), "distinct states");
        assertEquals(
                model.never(),
                result.steps().entrySet().stream()
                        .filter(action -> action.getValue() == 0)
                        .map(Map.Entry::getKey)
                        .collect(toSet()),
                "actions that never occur");
        assertTrue(result.steps().size() > model.never().size(), "coverage lists the actions");
    }

    /** TLC does not name a temporal property: the model must have no other. */
    private static void assertIsViolated(Model model, Tlc.Result result) {
        if (model.isLiveness()) {
            assertEquals(ImmutableList.of(model.violates()), model.properties());
            assertEquals(TEMPORAL_PROPERTY_VIOLATED, result.status(), result::toString);
            assertEquals("temporal", result.violated());
        } else {
            boolean isProperty = model.properties().contains(model.violates());
            assertEquals(isProperty ? TEMPORAL_PROPERTY_VIOLATED : INVARIANT_VIOLATED,
                    result.status(), result::toString);
            assertEquals(model.violates(), result.violated(), result::toString);
        }
    }
}
