package org.chandylamport.check;

import com.google.common.collect.ImmutableList;

/**
 * What an audit says of a trace.
 *
 * @param events how many events it has, those of the algorithm included
 * @param trace why it is not a computation over reliable FIFO channels; empty where it is
 * @param snapshots a verdict for each snapshot, in order
 */
public record Report(
        long events, ImmutableList<Violation> trace, ImmutableList<Verdict> snapshots) {

    /** Whether the trace is valid and every snapshot consistent or aborted. */
    public boolean isClean() {
        return trace.isEmpty()
                && snapshots.stream().allMatch(verdict ->
                        verdict.outcome() == Verdict.Outcome.CONSISTENT
                                || verdict.outcome() == Verdict.Outcome.ABORTED);
    }
}
