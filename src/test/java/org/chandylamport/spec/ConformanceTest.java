package org.chandylamport.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The code is the specification: in each state of a small system that either can reach, each action
 * is enabled in both or in neither, and leads to the same state.
 */
@Execution(ExecutionMode.CONCURRENT)
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
        assertEquals(ImmutableList.of(), result.difference(), result::toString);
        assertEquals(model.distinctStates().orElseThrow(), result.states(), "distinct states");
        assertEquals(result.states(), result.explored().states(), "states of the explorer");
        assertEquals(result.enabled(), result.explored().steps(), "steps of the explorer");
        assertTrue(result.disabled() > result.states(), result::toString);
    }

    @ParameterizedTest(name = "{0}: {1} differs after {2}")
    @CsvSource({
        "first-channel-left-open, awaitingMarker[1][q],     ReceiveMarker(p->q)",
        "marker-closes-all,       awaitingMarker[1][q],     ReceiveMarker(p->q)",
        "marker-closes-other-id,  awaitingMarker[2][q],     ReceiveMarker(p->q)",
        "marker-not-passed-on,    channel[q->p],            ReceiveMarker(p->q)",
        "marker-overtakes,        channel[p->q],            'RecordState(1, p)'",
        "not-fifo,                channel[p->q],            Send(p->q)",
        "recorded-twice,          channel[q->p],            ReceiveMarker(p->q)",
        "recording-stopped-early, recordedChannel[1][p->q], Receive(p->q)",
    })
    void aChangeOfTheSpecificationIsReportedAsADifferenceOfStates(
            String model, String variable, String action) throws Exception {
        assertDiffers(variable, action,
                Conformance.of(model, model("must-fail", model), List.of(), line -> {}));
    }

    @ParameterizedTest(name = "{1} => {2}: {3} differs after {4}")
    @CsvSource(delimiter = '|', value = {
        "protocol/ChandyLamport.java | c.sendMarker(marker); | c.hashCode();"
                + "| channel[p->q] | RecordState(1, p)",
        "protocol/ChandyLamport.java"
                + "| 'if (recordings.containsKey(s) || ended.contains(s)) {'"
                + "| if (ended.contains(s)) {"
                + "| enabled in the code, not in the specification | RecordState(1, p)",
        "protocol/Incoming.java | if (awaiting > 0) { | if (awaiting > 1) {"
                + "| recordedChannel[1][p->q] | Receive(p->q)",
        "protocol/Incoming.java | awaiting--; | awaiting = 0;"
                + "| enabled in the specification, the code fails | ReceiveMarker(p->q)",
        "protocol/ChandyLamport.java | ended.complete(recording.snapshot());"
                + "| ended.complete(recording.snapshot());"
                + " ended.complete(new SnapshotId(3 + recordings.size()));"
                + "| the code tells states apart | ReceiveMarker(q->p)",
        "protocol/Recording.java | return open == 0; | return open <= 1;"
                + "| recordedChannel[1][p->q] | Receive(p->q)",
    })
    void aBugInTheCodeIsReportedAsADifferenceOfStates(String file, String line,
            String replacement, String difference, String action) throws Exception {
        new Patch(file, line, replacement).compile(classes);
        assertDiffers(difference, action, Conformance.of("planted-bug-" + classes.getFileName(),
                model("models", "ring2-ids2"), List.of(classes), progress -> {}));
    }

    private static void assertDiffers(
            String difference, String action, Conformance.Result result) {
        assertFalse(result.difference().isEmpty(), "the difference goes unnoticed");
        assertEquals(action + " differs", result.difference().get(0), result::toString);
        assertTrue(result.difference().get(1).startsWith(difference), result::toString);
    }

    @Test
    void aDifferenceShowsBothValuesAndTheScheduleThatLeadsThere() throws Exception {
        Model model = model("must-fail", "contents-reversed");
        Conformance.Result result = Conformance.of("planted-change", model, List.of(), line -> {});
        assertEquals("""
                Receive(p->q) differs
                recordedChannel[1][p->q]: the specification has <<2, 1>>, the code has <<1, 2>>
                after the schedule: Send(p->q); Send(p->q); RecordState(1, q); Receive(p->q)
                in the state:
                awaitingMarker[1][p] = {}
                awaitingMarker[1][q] = {p->q}
                channel[p->q] = <<[message |-> 2]>>
                channel[q->p] = <<[marker |-> 1]>>
                recordedChannel[1][p->q] = <<1>>
                recordedChannel[1][q->p] = <<>>
                recordedState[1][p] = NotRecorded
                recordedState[1][q] = [received |-> [p->q |-> 0], sent |-> [q->p |-> 0]]
                state[p] = [received |-> [q->p |-> 0], sent |-> [p->q |-> 2]]
                state[q] = [received |-> [p->q |-> 1], sent |-> [q->p |-> 0]]""",
                String.join("\n", result.difference()));
    }

    private static Model model(String folder, String name) {
        return Model.read(Model.SPEC.resolve(folder).resolve(name + ".cfg"));
    }
}
