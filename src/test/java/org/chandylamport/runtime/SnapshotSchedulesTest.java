package org.chandylamport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.chandylamport.model.SnapshotId;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** Whatever the schedule, snapshots started by several threads are numbered, and complete once. */
class SnapshotSchedulesTest {

    @Test
    void snapshotsStartedByTwoThreadsHaveTheirOwnNumbersAndComplete() {
        Schedules.explore(TwoSnapshots.class);
    }

    /** What {@code Network.snapshot} does, twice: the workers run the processes afterwards. */
    public static class TwoSnapshots {

        private final Pair pair = new Pair();
        private volatile PendingSnapshot<Pair.Account, Pair.Letter> ofP;
        private volatile PendingSnapshot<Pair.Account, Pair.Letter> ofQ;

        public TwoSnapshots() {
            pair.workers.worker(0).schedule(pair.p);
            pair.workers.worker(0).schedule(pair.q);
            pair.run(0);
        }

        private PendingSnapshot<Pair.Account, Pair.Letter> snapshot(
                LocalProcess<Pair.Account, Pair.Letter> initiator) {
            PendingSnapshot<Pair.Account, Pair.Letter> pending = pair.collector.open();
            pair.ask(initiator, process -> process.initiate(pending.id()));
            return pending;
        }

        @Operation(runOnce = true)
        public void startAtP() {
            ofP = snapshot(pair.p);
        }

        @Operation(runOnce = true)
        public void startAtQ() {
            ofQ = snapshot(pair.q);
        }

        @Validate
        public void bothComplete() {
            pair.run(0);
            assertEquals(5, ofP.id().number() + ofQ.id().number());
            assertEquals(200, Pair.total(ofP.future().getNow(null)));
            assertEquals(200, Pair.total(ofQ.future().getNow(null)));
        }
    }

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

    @Test
    void numbersFromAPlainFieldAreFound() {
        Schedules.findFailure(PlainNumbers.class);
    }

    /** Numbers issued by a plain field. */
    public static class PlainNumbers {

        private int next = 1;
        private volatile SnapshotId one;
        private volatile SnapshotId other;

        @Operation(runOnce = true)
        public void startOne() {
            one = new SnapshotId(next++);
        }

        @Operation(runOnce = true)
        public void startOther() {
            other = new SnapshotId(next++);
        }

        @Validate
        public void different() {
            assertTrue(!one.equals(other));
        }
    }
}
