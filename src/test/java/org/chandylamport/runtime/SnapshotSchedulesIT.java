package org.chandylamport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** Whatever the schedule, a snapshot that several processes initiate completes once. */
class SnapshotSchedulesIT {

    @Test
    void twoInitiatorsCompleteOneSnapshotOnce() {
        Schedules.explore(TwoInitiators.class);
    }

    /** Two processes, each run by a thread, initiate the same snapshot. */
    public static class TwoInitiators {

        private final Pair pair = new Pair();

        public TwoInitiators() {
            pair.askToInitiate(pair.p);
            pair.askToInitiate(pair.q);
            pair.workers.worker(0).schedule(pair.p);
            pair.workers.worker(1).schedule(pair.q);
        }

        @Operation(runOnce = true)
        public void runP() {
            pair.run(0);
        }

        @Operation(runOnce = true)
        public void runQ() {
            pair.run(1);
        }

        @Validate
        public void completeOnce() {
            assertEquals(1, pair.completions.get());
            assertEquals(200, Pair.total(pair.pending.future().getNow(null)));
        }
    }
}
