package org.chandylamport.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.chandylamport.check.Detector;
import org.chandylamport.check.Report;
import org.chandylamport.check.Theorem1;
import org.chandylamport.check.Verdict;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.jspecify.annotations.Nullable;

/**
 * What came of a run.
 *
 * @param messages how many were received
 * @param nanos from the start until all messages were received and all snapshots had ended
 * @param taken the snapshots, in order
 * @param detected whether and where the property was detected
 * @param report what the audit says, or null if there was none
 * @param verdicts what the audit says of each snapshot; empty if there was none
 * @param theorems Theorem 1 for the first snapshots, as many as the limits allow
 */
record Outcome<S, M>(
        long messages,
        long nanos,
        ImmutableList<Taken> taken,
        Optional<Detector.Detection<S, M>> detected,
        @Nullable Report report,
        ImmutableMap<SnapshotId, Verdict> verdicts,
        ImmutableMap<SnapshotId, Theorem1<S, M>> theorems) {

    /** What came of a run, with the verdicts of the report. */
    static <S, M> Outcome<S, M> of(
            long messages,
            long nanos,
            ImmutableList<Taken> taken,
            Optional<Detector.Detection<S, M>> detected,
            @Nullable Report report,
            ImmutableMap<SnapshotId, Theorem1<S, M>> theorems) {
        ImmutableMap.Builder<SnapshotId, Verdict> verdicts = ImmutableMap.builder();
        if (report != null) {
            report.snapshots().forEach(verdict -> verdicts.put(verdict.snapshot(), verdict));
        }
        return new Outcome<>(messages, nanos, taken, detected, report,
                verdicts.buildOrThrow(), theorems);
    }

    /**
     * A snapshot that has ended.
     *
     * @param nanos from its initiation to its end
     * @param violation what the app finds wrong with it
     * @param aborted why it was given up, so that nothing else is known of it
     */
    record Taken(
            SnapshotId id,
            ImmutableSortedSet<ProcessId> initiators,
            long inTransit,
            long nanos,
            Optional<String> violation,
            Optional<String> aborted) {

        /** A snapshot that was given up. */
        static Taken aborted(SnapshotId id, long nanos, String cause) {
            return new Taken(id, ImmutableSortedSet.of(), 0, nanos,
                    Optional.empty(), Optional.of(cause));
        }
    }

    /** The verdict on a snapshot, or null if there was no audit. */
    @Nullable Verdict verdict(SnapshotId id) {
        return verdicts.get(id);
    }

    /** Whether some oracle refutes a snapshot, the app does, or the trace is no computation. */
    boolean isRefuted() {
        return (report != null && (!report.isClean() || consistent() < complete()))
                || !taken.stream().allMatch(one -> one.violation.isEmpty())
                || !theorems.values().stream().allMatch(Theorem1::holds);
    }

    /** How many snapshots are complete. */
    long complete() {
        return taken.stream().filter(one -> one.aborted.isEmpty()).count();
    }

    /** How many of those that are complete the audit calls consistent. */
    long consistent() {
        return taken.stream().filter(one -> one.aborted.isEmpty())
                .map(one -> verdict(one.id))
                .filter(v -> v != null && v.outcome() == Verdict.Outcome.CONSISTENT).count();
    }

    /** How long the complete snapshots took, in microseconds. */
    Histogram microseconds() {
        Histogram microseconds = new Histogram(3);
        taken.stream().filter(one -> one.aborted.isEmpty())
                .forEach(one -> microseconds.recordValue(one.nanos / 1000));
        return microseconds;
    }

    double messagesPerSecond() {
        return nanos == 0 ? 0 : messages * 1e9 / nanos;
    }
}
