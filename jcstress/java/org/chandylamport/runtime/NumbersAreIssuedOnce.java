package org.chandylamport.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.chandylamport.model.SnapshotId;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Snapshots that are opened at the same time get different numbers, and both are open. */
@JCStressTest
@Outcome(id = {"2, 3", "3, 2"}, expect = ACCEPTABLE, desc = "one number each")
@Outcome(expect = FORBIDDEN, desc = "one number for two snapshots, or one is not open")
@State
public class NumbersAreIssuedOnce {

    private final Pair pair = new Pair();

    private int open() {
        SnapshotId id = pair.collector.open().id();
        return pair.collector.close(id) != null ? (int) id.number() : -1;
    }

    @Actor
    public void one(II_Result result) {
        result.r1 = open();
    }

    @Actor
    public void other(II_Result result) {
        result.r2 = open();
    }

    /** Numbers from a plain field. */
    @JCStressTest
    @Outcome(id = {"2, 3", "3, 2"}, expect = ACCEPTABLE, desc = "one number each")
    @Outcome(id = "2, 2", expect = ACCEPTABLE_INTERESTING,
            desc = "one number for two snapshots: x86 shows this")
    @State
    public static class FromAPlainField {

        private int next = 2;

        @Actor
        public void one(II_Result result) {
            result.r1 = next++;
        }

        @Actor
        public void other(II_Result result) {
            result.r2 = next++;
        }
    }
}
