package org.chandylamport.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.chandylamport.runtime.Pair.Account;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Who asks twice what a snapshot waits for never sees a process that has recorded become one that
 * has not, nor a marker that has arrived become one that is awaited, nor one that is awaited for
 * longer than the snapshot is open.
 */
@JCStressTest
@Outcome(id = "0", expect = ACCEPTABLE, desc = "what was awaited later was awaited before")
@Outcome(id = "3", expect = FORBIDDEN, desc = "a recording was seen without its time")
@Outcome(expect = FORBIDDEN, desc = "something was taken back")
@State
public class AwaitingTakesNothingBack {

    private final long start = System.nanoTime();
    private final Pair pair = new Pair();

    public AwaitingTakesNothingBack() {
        pair.askToInitiate(pair.p);
        pair.workers.worker(0).schedule(pair.p);
        pair.workers.worker(0).schedule(pair.q);
    }

    @Actor
    public void processes() {
        pair.run(0);
    }

    @Actor
    public void reader(I_Result result) {
        var before = pair.pending.awaiting();
        var after = pair.pending.awaiting();
        result.r1 = before.notRecorded().keySet().containsAll(after.notRecorded().keySet()) ? 0 : 1;
        for (var channel : after.markers().keySet()) {
            if (!before.markers().containsKey(channel)
                    && !before.notRecorded().containsKey(channel.to())) {
                result.r1 = 2;
            }
        }
        for (var since : after.markers().values()) {
            if (since.toNanos() > System.nanoTime() - start) {
                result.r1 = 3;
            }
        }
    }

    /** Who asks while the snapshot is given up is told what it waits for, or waited for last. */
    @JCStressTest
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "both processes are named")
    @Outcome(expect = FORBIDDEN, desc = "what held the snapshot is forgotten")
    @State
    public static class AfterFailure {

        private final Pair pair = new Pair();

        @Actor
        public void fails() {
            pair.collector.close(pair.pending.id());
            pair.pending.fail(pair.pending.awaiting(), Islands.REASON);
        }

        @Actor
        public void reader(I_Result result) {
            result.r1 = pair.pending.awaiting().notRecorded().size();
        }
    }

    /** What it waited for last is written after the recordings are gone. */
    @JCStressTest
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "both processes are named")
    @Outcome(id = "0", expect = ACCEPTABLE_INTERESTING,
            desc = "what held the snapshot is forgotten: x86 shows this")
    @State
    public static class AfterFailureTooLate {

        private volatile boolean recordings = true;
        private volatile int atEnd;

        @Actor
        public void fails() {
            recordings = false;
            atEnd = 2;
        }

        @Actor
        public void reader(I_Result result) {
            result.r1 = recordings ? 2 : atEnd;
        }
    }

    /** Recordings are published by a plain field, which is read twice. */
    @JCStressTest
    @Outcome(id = {"0, 0", "0, 100", "100, 100"}, expect = ACCEPTABLE, desc = "seen, or not yet")
    @Outcome(expect = ACCEPTABLE_INTERESTING,
            desc = "taken back, or seen half-made: x86 may not show this")
    @State
    public static class WithoutRelease {

        private Account recorded;
        private final WithoutRelease same = this;

        @Actor
        public void process() {
            recorded = new Account(100);
        }

        @Actor
        public void reader(II_Result result) {
            Account before = recorded;
            Account after = same.recorded;
            result.r1 = before == null ? 0 : before.balance == 0 ? -1 : before.balance;
            result.r2 = after == null ? 0 : after.balance == 0 ? -1 : after.balance;
        }
    }
}
