package org.chandylamport.runtime;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** Whatever the schedule, no worker parks while there is something for it to do. */
class WakeUpSchedulesIT {

    @Test
    void aWorkerThatParksSeesTheSharedProcessOrIsWoken() {
        Schedules.explore(ParkingAndSharing.class);
    }

    /** A worker is about to park, as the other one has, while a thread shares a process. */
    public static class ParkingAndSharing {

        private final Pair pair = new Pair();
        private volatile boolean parks;

        public ParkingAndSharing() {
            idle(pair);
            pair.workers.startSearching();
        }

        @Operation(runOnce = true)
        public void worker() {
            pair.workers.stopSearching();
            pair.workers.worker(0).sayParked();
            parks = pair.workers.worker(0).mustPark();
        }

        @Operation(runOnce = true)
        public void sharer() {
            pair.workers.share(pair.p);
        }

        @Validate
        public void notLeftParked() {
            assertFalse(pair.workers.worker(0).wake() && parks);
        }
    }

    @Test
    void aWorkerThatLooksBeforeItStopsSearchingIsFound() {
        Schedules.findFailure(SearchingTooLong.class);
    }

    /** The same, but the worker counts as searching while it looks for the last time. */
    public static class SearchingTooLong {

        private final Pair pair = new Pair();
        private volatile boolean parks;

        public SearchingTooLong() {
            idle(pair);
            pair.workers.startSearching();
        }

        @Operation(runOnce = true)
        public void worker() {
            pair.workers.worker(0).sayParked();
            parks = pair.workers.worker(0).mustPark();
            pair.workers.stopSearching();
        }

        @Operation(runOnce = true)
        public void sharer() {
            pair.workers.share(pair.p);
        }

        @Validate
        public void notLeftParked() {
            assertFalse(pair.workers.worker(0).wake() && parks);
        }
    }

    @Test
    void aWorkerThatLooksBeforeItSaysThatItParksIsFound() {
        Schedules.findFailure(LookingFirst.class);
    }

    /** The same, but the worker looks for a process first. */
    public static class LookingFirst {

        private final Pair pair = new Pair();
        private volatile boolean parks;

        @Operation(runOnce = true)
        public void worker() {
            parks = !pair.workers.hasShared();
            pair.workers.worker(0).sayParked();
        }

        @Operation(runOnce = true)
        public void sharer() {
            pair.workers.share(pair.p);
        }

        @Validate
        public void notLeftParked() {
            assertFalse(pair.workers.worker(0).wake() && parks);
        }
    }

    /** One of the workers has nothing to do any more. */
    private static void idle(Pair pair) {
        pair.workers.startSearching();
        pair.workers.stopSearching();
    }

    @Test
    void aWorkerThatStopsWatchingSeesTheOneThatIsBusyOrIsWoken() {
        Schedules.explore(StoppingAndLending.class);
    }

    /** The worker that watches sees that all are idle; the other one becomes busy, and lends. */
    public static class StoppingAndLending {

        private final Pair pair = new Pair();
        private volatile boolean parks;

        public StoppingAndLending() {
            idle(pair);
            assertTrue(pair.workers.startWatching());
            idle(pair);
        }

        @Operation(runOnce = true)
        public void watcher() {
            pair.workers.stopWatching();
            pair.workers.worker(0).sayParked();
            parks = pair.workers.worker(0).mustPark();
        }

        @Operation(runOnce = true)
        public void lender() {
            pair.workers.busy();
            pair.workers.worker(1).schedule(pair.p);
            pair.workers.worker(1).lend();
        }

        @Validate
        public void notLeftParked() {
            assertFalse(pair.workers.worker(0).wake() && parks);
        }
    }

    @Test
    void aWorkerThatWatchesUntilItParksIsFound() {
        Schedules.findFailure(WatchingTooLong.class);
    }

    /** The same, but the worker counts as watching while it looks for the last time. */
    public static class WatchingTooLong {

        private final Pair pair = new Pair();
        private volatile boolean parks;

        public WatchingTooLong() {
            idle(pair);
            assertTrue(pair.workers.startWatching());
            idle(pair);
        }

        @Operation(runOnce = true)
        public void watcher() {
            parks = !pair.workers.areSomeBusy();
            pair.workers.worker(0).sayParked();
            pair.workers.stopWatching();
        }

        @Operation(runOnce = true)
        public void lender() {
            pair.workers.busy();
            pair.workers.worker(1).schedule(pair.p);
            pair.workers.worker(1).lend();
        }

        @Validate
        public void notLeftParked() {
            assertFalse(pair.workers.worker(0).wake() && parks);
        }
    }
}
