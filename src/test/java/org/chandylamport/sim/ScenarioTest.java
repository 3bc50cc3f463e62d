package org.chandylamport.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stories of src/test/scenarios, and what is wrong with those that are not told well. */
class ScenarioTest {

    private static final String HEAD = "process p 100\nprocess q idle\nchannel p -> q\n";

    static List<Path> stories() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/scenarios"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void storyHappensAsTold(Path file) throws IOException {
        assertTrue(Files.readString(file).startsWith("# "), "a story says first what it shows");
        Simulator<String, String> run = Scenario.read(file).run();
        assertTrue(run.snapshots().size() > 0, "a story without a snapshot");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "p jumps / expected a process and what it does",
        "p sends 5 to r / there is no process r",
        "q sends 5 to p / no channel leads from q to p",
        "p sends 5 to q along x / x does not lead from p to q, but these do: [p->q]",
        "q receives from p / p->q holds nothing",
        "q receives marker from p / p->q holds nothing",
        "expect p = 99 / but it is: 100",
        "expect x holds nothing / there is no channel x",
        "expect p->q holds 5 / but it is: nothing",
        "expect snapshot 1: p = 100 / but snapshot 1 is incomplete",
        "expect q awaits p->q for 1 / but it is: nothing",
        "expect everything / expected \"expect\" and P = STATE",
        "process p 7 / p is there already",
        "channel p -> r / there is no process r so far",
        "channel p -> q / p->q is there already",
        "channel p q / expected \"process NAME STATE\" or \"channel",
    })
    void errorsNameTheLineAndWhatWasExpected(String example) {
        String[] parts = example.split(" / ", 2);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class,
                () -> Scenario.parse("story.txt", HEAD + parts[0]).run());
        String message = String.valueOf(e.getMessage());
        assertTrue(message.startsWith("story.txt:4: " + parts[0]), message);
        assertTrue(message.contains(parts[1]), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "expect snapshot 1 incomplete / but it is complete: Snapshot[id=1",
        "expect snapshot 1: p = 7, q = idle / but it is: p = 100, q = idle",
        "expect snapshot 1 did not occur / but it occurred",
        "expect snapshot 2 occurred / but it did not occur",
        "expect snapshot 3: p = 100 / but snapshot 3 is incomplete",
    })
    void whatIsSaidOfASnapshotIsHeldAgainstIt(String example) {
        String[] parts = example.split(" / ", 2);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class,
                () -> Scenario.parse("s", HEAD + "channel q -> p\n"
                        + "p records 1\nq receives marker from p\np receives marker from q\n"
                        + "p records 2\np sends 5 to q\nq sends word to p\n"
                        + "q receives marker from p\np receives from q\np receives marker from q\n"
                        + parts[0]).run());
        assertTrue(String.valueOf(e.getMessage()).startsWith("s:14: " + parts[0] + "\n"),
                e::getMessage);
        assertTrue(String.valueOf(e.getMessage()).contains(parts[1]), e::getMessage);
    }

    @Test
    void anErrorThatIsExpectedMustHappen() {
        String story = HEAD + "p sends 5 to q\nexpect error of any kind";
        assertTrue(String.valueOf(assertThrows(IllegalArgumentException.class,
                        () -> Scenario.parse("s", story).run()).getMessage())
                .startsWith("s:5: expect error of any kind\n  nothing was wrong"));
    }

    @Test
    void onlyBalancesChangeOnTheirOwn() {
        Simulator<String, String> run = Scenario.parse("s", HEAD
                + "p sends 5 to q\nq receives from p\nexpect p = 95\nexpect q = idle\n"
                + "p sends word to q becoming said\nexpect p = said\nq steps becoming 7\n"
                + "q receives from p becoming heard\nexpect q = heard").run();
        assertEquals("{p=said, q=heard}", run.state().toString());
        assertEquals("s", Scenario.parse("s", HEAD).toString());
    }

    @Test
    void everyActionHasOneVerb() {
        assertEquals(List.of(Action.class.getPermittedSubclasses()),
                Arrays.stream(Verb.values()).map(Verb::action).toList());
    }
}
