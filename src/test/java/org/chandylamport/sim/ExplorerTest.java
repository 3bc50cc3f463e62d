package org.chandylamport.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Topology;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The explorer visits what TLC visits: the counts are those of the specification. */
class ExplorerTest {

    @ParameterizedTest(name = "{0}-ring, {1} messages, {2} ids: {3} states")
    @CsvSource({"2,2,1,1136", "2,2,2,43431", "3,2,1,38016", "3,1,2,149836", "4,1,1,19489","2,3,2,383851","4,2,1,1277696"})
    void statesAreAsManyAsTheSpecificationHas(int n, int messages, int ids, long states) {
        Setup<Counting.State, Integer> setup =
                Setup.counting(ring(n), messages).withSnapshots(ids);
        long t = System.nanoTime();
        Exploration e = new Explorer<>(setup).states();
        System.out.println(e + " " + (System.nanoTime() - t) / 1000000 + " ms");
        assertEquals(states, e.states());
    }

    private static Topology ring(int n) {
        return Topology.ring(IntStream.rangeClosed(1, n)
                .mapToObj(i -> new ProcessId("p" + i))
                .toArray(ProcessId[]::new));
    }
}
