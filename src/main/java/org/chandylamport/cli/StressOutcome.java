package org.chandylamport.cli;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMultiset;
import com.google.common.collect.Maps;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.chandylamport.check.Report;
import org.chandylamport.check.Verdict;
import org.chandylamport.check.Violation;
import org.chandylamport.model.SnapshotId;
import org.jspecify.annotations.Nullable;

/**
 * What came of one system under stress: each snapshot is right, or was given up with a reason that
 * holds, or there are complaints.
 *
 * @param messages how many were received
 * @param snapshots how they ended
 * @param faults what went wrong on purpose
 * @param complaints what must not have happened, in sentences
 * @param isHung whether the run was given up because nothing happened any more
 */
record StressOutcome(
        long messages,
        ImmutableMultiset<Ending> snapshots,
        ImmutableMultiset<Fault> faults,
        ImmutableList<String> complaints,
        boolean isHung) {

    /** The outcome of a run that was given up: nothing is said of its snapshots. */
    static StressOutcome hung(long messages, Injection injection, String complaint) {
        return new StressOutcome(messages, ImmutableMultiset.of(), injection.injected(),
                ImmutableList.of(complaint), true);
    }

    /**
     * Judges snapshots that have all ended.
     *
     * @param failure why the network stopped before it was closed, or null
     * @param report what the audit says of them and of all events
     */
    static StressOutcome of(
            long messages,
            Injection injection,
            @Nullable Throwable failure,
            Report report,
            List<? extends InitiatedSnapshot<?, ?>> snapshots) {
        Map<SnapshotId, Verdict> verdicts =
                Maps.uniqueIndex(report.snapshots(), Verdict::snapshot);
        ImmutableMultiset.Builder<Ending> endings = ImmutableMultiset.builder();
        ImmutableList.Builder<String> complaints = ImmutableList.builder();
        report.trace().stream().map(Violation::explanation).forEach(complaints::add);
        if (failure != null && !injection.explains(failure)) {
            complaints.add("the network stopped for no known fault: " + failure.getMessage());
        }
        for (InitiatedSnapshot<?, ?> one : snapshots) {
            Verdict verdict = requireNonNull(verdicts.get(one.id()));
            Ending ending = ending(one, verdict, injection);
            endings.add(ending);
            if (ending == Ending.WRONG) {
                complaints.add(explain(verdict));
            } else if (ending == Ending.UNEXPLAINED) {
                complaints.add("snapshot " + one.id() + " failed for no known fault: "
                        + one.failure());
            }
        }
        return new StressOutcome(messages, endings.build(), injection.injected(),
                complaints.build(), false);
    }

    private static Ending ending(
            InitiatedSnapshot<?, ?> one, Verdict verdict, Injection injection) {
        boolean isAborted = verdict.outcome() == Verdict.Outcome.ABORTED;
        if (one.isComplete() || !isAborted) {
            return one.isComplete() && verdict.outcome() == Verdict.Outcome.CONSISTENT
                    ? Ending.CONSISTENT : Ending.WRONG;
        }
        if (one.isAbandoned()) {
            return Ending.ABANDONED;
        }
        if (one.failure() instanceof TimeoutException) {
            return injection.explains(one.awaiting()) ? Ending.HELD : Ending.SLOW;
        }
        if (one.isCutShort()) {
            return Ending.CUT_SHORT;
        }
        return injection.explains(one.failure()) ? Ending.BROKEN : Ending.UNEXPLAINED;
    }

    private static String explain(Verdict verdict) {
        return "snapshot " + verdict.snapshot() + " is " + verdict.outcome()
                + verdict.violations().stream().findFirst()
                        .map(violation -> ": " + violation.explanation())
                        .orElse(", though it was reported complete");
    }
}
