package org.chandylamport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.chandylamport.cli.StressRun.Conditions;
import org.junit.jupiter.api.Test;

class StressTest {

    private static Stress stress(Fault... faults) {
        Conditions conditions = new Conditions(2, ImmutableList.copyOf(faults), false,
                Duration.ofMillis(200), Duration.ofHours(1));
        return new Stress(24, conditions, Path.of("no/such/folder"), 7);
    }

    /** Else a hang of the last system would be taken for its end. */
    @Test
    void theSystemThatRunsWhenTheTimeIsOverIsRunToItsEnd() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Stress stress = stress();
        stress.run(Long.MAX_VALUE, () -> asked.getAndIncrement() == 0, () -> true, now -> {});
        assertEquals(1, stress.systems());
        assertFalse(stress.snapshots().isEmpty());
        assertFalse(stress.snapshots().contains(Ending.CUT_SHORT));
    }

    @Test
    void aTraceThatCannotBeWrittenTakesNothingFromTheVerdict() throws Exception {
        Stress stress = stress(Fault.drop);
        stress.run(20, () -> true, () -> true, now -> {});
        assertEquals(20, stress.systems());
        Stress.Failure failure = stress.firstFailure();
        assertNotNull(failure);
        assertNull(failure.trace());
        assertTrue(failure.complaints().get(0).contains("could not be written"),
                failure::toString);
        assertTrue(failure.complaints().size() > 1, failure::toString);
    }
}
