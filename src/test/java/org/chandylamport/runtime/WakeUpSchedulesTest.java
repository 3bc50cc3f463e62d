package org.chandylamport.runtime;

import static org.junit.jupiter.api.Assertions.assertFalse;

import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** Whatever the schedule, no worker parks while there is something for it to do. */
class WakeUpSchedulesTest {

    @Test
    void aWorkerThatParksSeesTheSharedProcessOrIsWoken() {
        Schedules.explore(ParkingAndSharing.class);
    }

    /** A worker is about to park while another thread shares a process. */
    public static class ParkingAndSharing {

        private final Pair pair = new Pair();
        private volatile boolean parks;

        public ParkingAndSharing() {
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
}
