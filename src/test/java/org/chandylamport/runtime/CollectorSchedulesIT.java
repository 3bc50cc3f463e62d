package org.chandylamport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** Whatever the schedule, a snapshot ends once, and in one way. */
class CollectorSchedulesIT {

    @Test
    void theLastTwoProcessesCompleteASnapshotOnce() {
        Schedules.explore(LastTwo.class);
    }

    /** The last two processes complete their recordings. */
    public static class LastTwo {

        private final Islands all = new Islands();

        @Operation(runOnce = true)
        public void pRecords() {
            all.record(all.p);
        }

        @Operation(runOnce = true)
        public void qRecords() {
            all.record(all.q);
        }

        @Validate
        public void completeOnce() {
            assertEquals(1, all.ends.size());
            all.end();
            assertEquals(2, all.pending.future().join().state().processes().size());
        }
    }

    @Test
    void aSnapshotThatWasOpenWhenItWasAbandonedFails() {
        Schedules.explore(CompletionAndAbandonment.class);
    }

    /** The last process completes its recording while another thread gives the snapshot up. */
    public static class CompletionAndAbandonment {

        private final Islands all = new Islands();
        private volatile boolean abandoned;

        public CompletionAndAbandonment() {
            all.record(all.q);
        }

        @Operation(runOnce = true)
        public void complete() {
            all.record(all.p);
        }

        @Operation(runOnce = true)
        public void abandon() {
            abandoned = all.abandon();
        }

        @Validate
        public void failsIfAbandoned() {
            assertEquals(1, all.ends.size());
            all.end();
            assertEquals(abandoned, all.pending.future().isCompletedExceptionally());
        }
    }

    @Test
    void aSnapshotOpenedWhileTheNetworkStopsFails() {
        Schedules.explore(OpeningAndEnd.class);
    }

    /** A snapshot is opened while the network stops. */
    public static class OpeningAndEnd {

        private final Islands all = new Islands();
        private volatile PendingSnapshot<Integer, Integer> opened;

        @Operation(runOnce = true)
        public void open() {
            opened = all.collector.open();
        }

        @Operation(runOnce = true)
        public void end() {
            all.collector.end(Islands.REASON);
        }

        @Validate
        public void nothingIsLeftOpen() {
            all.end();
            assertTrue(opened.future().isCompletedExceptionally());
            assertTrue(all.pending.future().isCompletedExceptionally());
        }
    }

    @Test
    void aCountdownThatIsNotAtomicIsFound() {
        Schedules.findFailure(PlainCountdown.class);
    }

    /** The last two complete their recordings, counted with a plain field. */
    public static class PlainCountdown {

        private int incomplete = 2;
        private int completions;

        private void complete() {
            if (--incomplete == 0) {
                completions++;
            }
        }

        @Operation(runOnce = true)
        public void pRecords() {
            complete();
        }

        @Operation(runOnce = true)
        public void qRecords() {
            complete();
        }

        @Validate
        public void completeOnce() {
            assertEquals(1, completions);
        }
    }

    @Test
    void aSnapshotThatEndsBeforeItIsRemovedIsFound() {
        Schedules.findFailure(EndedTwice.class);
    }

    /** Completion decides first and removes the snapshot then, abandonment the other way round. */
    public static class EndedTwice {

        private final AtomicInteger outcome = new AtomicInteger();
        private final AtomicInteger open = new AtomicInteger(1);
        private volatile boolean abandoned;

        @Operation(runOnce = true)
        public void complete() {
            outcome.compareAndSet(0, 1);
            open.set(0);
        }

        @Operation(runOnce = true)
        public void abandon() {
            if (open.getAndSet(0) == 1) {
                abandoned = true;
                outcome.compareAndSet(0, 2);
            }
        }

        @Validate
        public void failsIfAbandoned() {
            assertEquals(abandoned, outcome.get() == 2);
        }
    }
}
