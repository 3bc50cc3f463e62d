package org.chandylamport.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is remembered of a part that was recorded, once it has been compared and forgotten. */
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
}
