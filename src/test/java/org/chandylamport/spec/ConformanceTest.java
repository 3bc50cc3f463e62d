package org.chandylamport.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.chandylamport.mutants.Patch;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The code is the specification: in each state of a small system that either can reach, each action
 * is enabled in both or in neither, and leads to the same state.
 */
class ConformanceTest {

    private static final ImmutableList<String> MODELS = ImmutableList.of(
            "ring2-ids2", "ring3", "multigraph", "acyclic", "acyclic-ids2", "abandon-ids2");
    private static final ImmutableList<String> LARGE_MODELS = ImmutableList.of(
            "complete3", "ring3-ids2", "ring2-messages3");

    @TempDir
    private Path classes;

    @TestFactory
    Stream<DynamicTest> theCodeIsTheSpecification() {
        return tests(MODELS);
    }

    @TestFactory
    @Tag("deep")
    Stream<DynamicTest> theCodeIsTheSpecificationInLargeModels() {
        return tests(LARGE_MODELS);
    }

    private static Stream<DynamicTest> tests(List<String> models) {
        return models.stream().map(name -> model("models", name)).map(model ->
                dynamicTest(model.name(), model.file().toUri(), () -> assertConforms(model)));
    }

    /** TLC counts the distinct states itself, in {@link SpecificationTest}. */
    private static void assertConforms(Model model) throws IOException, InterruptedException {
        Conformance.Result result = Conformance.of(model.name(), model, List.of(), line -> {
            if (model.isDeep()) {
                System.out.println(model.name() + ": " + line);
            }
        });
        System.out.println(model.name() + ": " + result);
        assertEquals(ImmutableList.of(), result.difference(), result::toString);
        assertEquals(model.distinctStates().orElseThrow(), result.states(), "distinct states");
        assertEquals(result.states(), result.explored().states(), "states of the explorer");
        assertEquals(result.enabled(), result.explored().steps(), "steps of the explorer");
        assertTrue(result.disabled() > result.states(), result::toString);
    }

    private static Model model(String folder, String name) {
        return Model.read(Model.SPEC.resolve(folder).resolve(name + ".cfg"));
    }
}
