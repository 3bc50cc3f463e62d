package org.chandylamport.sim;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.chandylamport.check.Audit;
import org.chandylamport.check.Lattice;
import org.chandylamport.check.Report;
import org.chandylamport.check.Theorem1;
import org.chandylamport.check.Verdict;
import org.chandylamport.check.Violation;
import org.chandylamport.model.Computation;
import org.chandylamport.model.Snapshot;

/** The judgement of all three oracles on the snapshots of a run. */
public final class Oracles {

    private Oracles() {}

    /**
     * Holds every complete snapshot of the run against the cut, Theorem 1 and the lattice.
     *
     * @param latticeLimit how many cuts of the lattice are looked at; in a larger one the snapshot
     *     may be missing without being wrong
     * @return how many snapshots are right
     * @throws ScheduleException if an oracle refutes one
     */
    public static <S, M> int check(Simulator<S, M> run, int latticeLimit) {
        Computation<S, M> computation = run.computation();
        ImmutableList<Snapshot<S, M>> snapshots = run.snapshots().values().asList();
        audit(run, computation, snapshots);
        Lattice<S, M> lattice = new Lattice<>(computation, latticeLimit);
        for (Snapshot<S, M> snapshot : snapshots) {
            Theorem1<S, M> theorem = Theorem1.construct(computation, snapshot);
            if (theorem instanceof Theorem1.Refutation<S, M> refutation) {
                throw refuted("Theorem1", snapshot, refutation.violation().explanation(), run);
            } else if (lattice.isComplete() && lattice.find(snapshot.state()).isEmpty()) {
                throw refuted("the lattice", snapshot, "no consistent cut has this state", run);
            }
        }
        return snapshots.size();
    }

    private static <S, M> void audit(Simulator<S, M> run, Computation<S, M> computation,
            ImmutableList<Snapshot<S, M>> snapshots) {
        Audit<S, M> audit = new Audit<>(
                computation.topology(), computation.initial(), ImmutableSet.of());
        computation.events().forEach(audit::event);
        snapshots.forEach(audit::snapshot);
        Report report = audit.finish();
        for (Violation violation : report.trace()) {
            throw new ScheduleException(
                    "the trace is faulty: " + violation.explanation(), run.schedule());
        }
        for (Snapshot<S, M> snapshot : snapshots) {
            for (Verdict verdict : report.snapshots()) {
                if (verdict.snapshot().equals(snapshot.id())
                        && verdict.outcome() != Verdict.Outcome.CONSISTENT) {
                    throw refuted("the audit", snapshot, verdict.violations().toString(), run);
                }
            }
        }
    }

    private static <S, M> ScheduleException refuted(
            String oracle, Snapshot<S, M> snapshot, String why, Simulator<S, M> run) {
        return new ScheduleException(oracle + " refutes snapshot " + snapshot.id() + " "
                + snapshot.state() + ": " + why, run.schedule());
    }
}
