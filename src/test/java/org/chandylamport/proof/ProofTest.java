package org.chandylamport.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.common.base.Stopwatch;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.LinkedHashMultiset;
import com.google.common.collect.Multiset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** The proof of spec/proof: z3 shows every obligation. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProofTest {

    private final Theory theory = Theory.read();
    private final Multiset<String> shown = LinkedHashMultiset.create();
    private final Stopwatch time = Stopwatch.createUnstarted();
    private Z3 z3;

    @BeforeAll
    void load() {
        z3 = new Z3(theory);
    }

    @TestFactory
    Stream<DynamicTest> everyObligationIsShown() {
        return Obligations.of(theory).stream().map(obligation ->
                dynamicTest(obligation.name(), () -> {
                    time.start();
                    String answer = z3.answer(obligation);
                    time.stop();
                    assertEquals(obligation.expected(), answer);
                    shown.add(obligation.group());
                }));
    }

    @Test
    void noTwoObligationsHaveOneName() {
        ImmutableList<Obligation> all = Obligations.of(theory);
        assertEquals(all.size(), all.stream().map(Obligation::name).distinct().count());
    }

    @Test
    void theReadmeHasTheirNumber() throws IOException {
        String claim = "z3 shows its " + Obligations.of(theory).size() + " obligations";
        assertTrue(Files.readString(Path.of("README.md")).contains(claim), claim);
    }

    @Test
    void everyObligationIsInTheDecidableFragment() {
        for (Obligation obligation : Obligations.of(theory)) {
            assertTrue(Fragment.contains(theory, obligation), obligation::name);
        }
    }

    /** A channel for each message, and a message for each channel, would make a circle. */
    @Test
    void aFormulaMayLeaveTheDecidableFragment() {
        Obligation outside = new Obligation("", "", ImmutableList.of(
                "(forall ((c Channel)) (exists ((m Message)) (= (along m) c)))"), "");
        assertFalse(Fragment.contains(theory, outside));
        Obligation inside = new Obligation("", "", ImmutableList.of(),
                "(forall ((c Channel)) (exists ((m Message)) (= (along m) c)))");
        assertTrue(Fragment.contains(theory, inside));
    }

    @Test
    void whatDoesNotFollowIsNotShown() {
        assertEquals("sat", z3.answer(new Obligation("", "", ImmutableList.of(), "false")));
    }

    @AfterAll
    void report() {
        z3.close();
        Duration taken = time.elapsed();
        System.out.printf(Locale.ROOT,
                "%d obligations of the proof are shown by z3 %s in %.1f s:%n",
                shown.size(), Z3.version(), taken.toMillis() / 1000.0);
        shown.entrySet().forEach(group ->
                System.out.printf("%6d  %s%n", group.getCount(), group.getElement()));
    }
}
