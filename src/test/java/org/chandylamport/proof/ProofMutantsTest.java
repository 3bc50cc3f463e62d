package org.chandylamport.proof;

import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.MoreCollectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.chandylamport.spec.Model;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * For each rule of the algorithm, a line of the proof that breaks it: an obligation cannot be shown
 * any more, and z3's counterexample to it is printed. The proof depends on the rules.
 */
class ProofMutantsTest {

    private static final String CORE = "ChandyLamport";
    private static final String LEMMAS = "Lemmas";

    private static final ImmutableList<Mutant> MUTANTS = ImmutableList.of(
            new Mutant("a message is sent between the recording and the marker", CORE,
                    "(SameAhead t u)  ; m is behind all markers",
                    "(forall ((n Message) (s Snapshot)) (= (ahead u n s)"
                            + " (or (ahead t n s) (and (= n m) (marker t s (along m))))))",
                    "Send keeps MarkerSeparates"),
            new Mutant("the marker overtakes the messages sent before it", CORE,
                    "(forall ((m Message)) (=> (= (along m) c) (not (ahead t m s))))",
                    "true",
                    "ReceiveMarker keeps Consistent"),
            new Mutant("a message overtakes the marker sent before it", CORE,
                    "(forall ((s Snapshot)) (=> (marker t s (along m)) (ahead t m s)))",
                    "true",
                    "Receive keeps MarkerSeparates"),
            new Mutant("a message overtakes a message", CORE,
                    "(forall ((n Message)) (=> (precedes n m) (not (inChannel t n))))",
                    "true",
                    "Receive keeps Fifo"),
            new Mutant("the channel keeps only the first message", CORE,
                    "(or (recordedChannel t s n) (and (= n m) (awaitingMarker t s (along m))))))",
                    "(or (recordedChannel t s n) (and (= n m) (awaitingMarker t s (along m))"
                            + " (forall ((l Message)) (=> (precedes l m)"
                            + " (not (recordedChannel t s l))))))))",
                    "Receive keeps OpenChannelIsRecorded"),
            new Mutant("a message is recorded after the channel was closed", CORE,
                    "(or (recordedChannel t s n) (and (= n m) (awaitingMarker t s (along m))))))",
                    "(or (recordedChannel t s n) (and (= n m) (Recorded t s (receiver m))))))",
                    "Receive keeps Consistent"),
            new Mutant("the marker of one snapshot closes the channel for another", CORE,
                    "(not (and (= r s) (= d c))))))",
                    "(not (= d c)))))",
                    "ReceiveMarker keeps MarkerFollowsRecording"),
            new Mutant("a marker closes every channel", CORE,
                    "(not (and (= r s) (= d c))))))",
                    "(not (and (= r s) (= (to d) p))))))",
                    "ReceiveMarker keeps MarkerFollowsRecording"),
            new Mutant("the channel of the first marker stays open", CORE,
                    "(not (and (= r s) (= d c))))))",
                    "(not (and (= r s) (= d c) (not new))))))",
                    "ReceiveMarker keeps MarkerFollowsRecording"),
            new Mutant("a process that records on a marker sends no markers", CORE,
                    "(and (= r s) (= (from d) p) new))))",
                    "false)))",
                    "ReceiveMarker keeps MarkerFollowsRecording"),
            new Mutant("a process records again", CORE,
                    "(= (recordedState t s p) NotRecorded)",
                    "true",
                    "RecordState has RecordedOnce"),
            new Mutant("a marker makes a process record again", CORE,
                    "(ite (and (= r s) (= q p) new) (state t p) (recordedState t r q)))))",
                    "(ite (and (= r s) (= q p)) (state t p) (recordedState t r q)))))",
                    "ReceiveMarker has RecordedOnce"),
            new Mutant("a process gives up what it has completed", CORE,
                    "(exists ((c Channel)) (and (= (to c) p) (awaitingMarker t s c))))",
                    "true)",
                    "Abandon has RecordedOnce"),
            new Mutant("a process that gives up keeps what it recorded", CORE,
                    "(and (recordedChannel t r m) (not (and (= r s) (= (receiver m) p))))))",
                    "(recordedChannel t r m)))",
                    "Abandon keeps TypeOK"),
            new Mutant("a process that gives up a snapshot gives them all up", CORE,
                    "(ite (and (= r s) (= q p)) Abandoned (recordedState t r q))))",
                    "(ite (= q p) Abandoned (recordedState t r q))))",
                    "Abandon has RecordedOnce"),
            new Mutant("messages do not wait for a marker that is owed", LEMMAS,
                    "(forall ((r Snapshot)) (not (owed t r (along m))))",
                    "true",
                    "FineSendRefinesSend"),
            new Mutant("markers are sent in another order than they are owed", LEMMAS,
                    "(forall ((r Snapshot)) (not (owedAhead t r s c)))",
                    "true",
                    "SendMarkerRefinesNothing"));

    private static final List<String> REFUTED = new ArrayList<>();

    /**
     * @param file its file
     * @param line the line that is replaced, which stands there once
     * @param refutedBy the obligation that cannot be shown
     */
    private record Mutant(
            String name, String file, String line, String instead, String refutedBy) {

        /** The counterexample, if there is one. */
        Optional<String> picture() {
            Theory theory = Theory.read(
                    new Model.Mutant(file, line, ImmutableList.of(instead)));
            return Counterexample.picture(theory, Obligations.of(theory).stream()
                    .filter(obligation -> obligation.name().equals(refutedBy))
                    .collect(MoreCollectors.onlyElement()));
        }
    }

    @TestFactory
    Stream<DynamicTest> everyMutantIsRefuted() {
        return MUTANTS.stream().map(mutant -> dynamicTest(mutant.name(), () -> {
            Optional<String> picture = mutant.picture();
            assertTrue(picture.isPresent(), () -> mutant.refutedBy() + " is still shown");
            REFUTED.add(mutant.name() + ": not \"" + mutant.refutedBy() + "\"\n"
                    + picture.get().indent(2));
        }));
    }

    @Test
    void theReadmeHasTheirNumber() throws IOException {
        String claim = MUTANTS.size() + " mutants are refuted";
        assertTrue(Files.readString(Path.of("README.md")).contains(claim), claim);
    }

    @Test
    void aCounterexampleIsAPicture() {
        String picture = MUTANTS.get(0).picture().orElseThrow();
        assertLinesMatch(List.of(
                "step       Send m1 x\\d+",
                "before     p\\d --c1--\\[ \\(s1\\) \\]--> p\\d",
                ">> states and recordings >>",
                "after      p\\d --c1--\\[ \\(s1\\) m1 \\]--> p\\d",
                ">> states and recordings >>",
                "false      \\(= \\(Sent m .*, where m = m1, s = s1"),
                picture.lines().toList());
    }

    @AfterAll
    static void print() {
        REFUTED.forEach(System.out::println);
        System.out.println(REFUTED.size() + " mutants of the proof are refuted.");
    }
}
