package org.chandylamport.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is kept of a part, and what is remembered once it has been compared and forgotten. */
class MatchingTest {

    private static final int ELEMENTS = 12;

    private static List<List<Integer>> sequences() {
        List<List<Integer>> sequences = new ArrayList<>();
        for (int i = 0; i < ELEMENTS * ELEMENTS * ELEMENTS; i++) {
            sequences.add(List.of(i % ELEMENTS, i / ELEMENTS % ELEMENTS, i / ELEMENTS / ELEMENTS));
        }
        return sequences;
    }

    @Test
    void anotherSequenceContradictsTheOneRecordedAndTheSameDoesNot() {
        List<List<Integer>> sequences = sequences();
        Matching matching = new Matching(sequences.size(), (part, shown, recorded) -> {});
        for (int i = 0; i < sequences.size(); i++) {
            assertTrue(matching.record(i, sequences.get(i)));
            matching.show(i, sequences.get(i));
        }
        for (int i = 0; i < sequences.size(); i++) {
            for (int other = 0; other < sequences.size(); other++) {
                assertEquals(i == other, matching.record(i, sequences.get(other)));
            }
        }
        assertEquals(0, matching.retained());
    }

    @Test
    void onceRelinquishedOnlyWhatWasRecordedBeforeIsCompared() {
        List<String> different = new ArrayList<>();
        Matching matching = new Matching(3, (part, shown, recorded) ->
                different.add(part + ": " + shown + recorded));
        matching.show(0, List.of(1, 2));
        matching.record(1, List.of(3));
        assertEquals(3, matching.retained());
        matching.relinquish();
        assertEquals(1, matching.retained());
        matching.record(0, List.of(5));
        assertEquals(2, matching.retained());
        matching.show(1, List.of(4));
        matching.show(2, List.of(6));
        assertEquals(1, matching.retained());
        assertEquals(List.of("1: [4][3]"), different);
        assertEquals(List.of(false, true, false),
                IntStream.range(0, 3).mapToObj(matching::isCompared).toList());
        assertFalse(matching.isComplete());
    }
}
