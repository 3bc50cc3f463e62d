package org.chandylamport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** Whatever the schedule, a process that was suspended is run by one worker at a time. */
class SuspensionSchedulesIT {

    @Test
    void aSuspendedProcessThatIsResumedAtOnceIsRunByOneWorker() {
        Schedules.explore(SuspendingAndResuming.class);
    }

    /** A worker suspends a process that is resumed at once, and two threads ask it something. */
    public static class SuspendingAndResuming {

        private final Pair pair = new Pair();
        private volatile boolean running;
        private volatile boolean together;
        private volatile int done;

        public SuspendingAndResuming() {
            pair.p.inbox().push(new Request<>(process -> process.suspend(
                    () -> pair.workers.share(process)), reason -> {}, true));
            pair.workers.worker(0).schedule(pair.p);
        }

        private void askAndRun(int worker) {
            pair.ask(pair.p, process -> {
                together |= running;
                running = true;
                done++;
                running = false;
            });
            pair.run(worker);
        }

        @Operation(runOnce = true)
        public void one() {
            askAndRun(0);
        }

        @Operation(runOnce = true)
        public void other() {
            askAndRun(1);
        }

        @Validate
        public void bothDoneByOneAtATime() {
            pair.run(0);
            assertEquals(2, done);
            assertFalse(together);
        }
    }

    @Test
    void aWorkerThatGoesOnWithWhatWasResumedIsFound() {
        Schedules.findFailure(KeptAfterResuming.class);
    }

    /** The same hand-over, but the worker goes on with the process after it was resumed. */
    public static class KeptAfterResuming {

        private volatile boolean resumed;
        private volatile boolean running;
        private volatile boolean together;

        private void run() {
            together |= running;
            running = true;
            running = false;
        }

        @Operation(runOnce = true)
        public void keeps() {
            resumed = true;
            run();
        }

        @Operation(runOnce = true)
        public void takesOver() {
            if (resumed) {
                run();
            }
        }

        @Validate
        public void oneAtATime() {
            assertFalse(together);
        }
    }
}
