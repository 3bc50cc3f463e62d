package org.chandylamport.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;
import org.chandylamport.check.Verdict.Outcome;
import org.chandylamport.check.Violation.Kind;
import org.chandylamport.model.Event;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;

/** The oracles agree with each other, and with trying everything. */
class OracleProperties {

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void everyConsistentCutIsAcceptedByAllOracles(@ForAll long seed) {
        RandomRun run = new RandomRun(seed, 4, 25);
        List<Map<ProcessId, Integer>> cuts = new ArrayList<>();
        for (int s = 0; s < 4; s++) {
            cuts.add(run.consistentCut());
        }
        Report report = audit(run, run.mixed(run.logs(cuts)), snapshots(run, cuts));
        assertTrue(report.isClean(), report::toString);
        assertEquals(4, report.snapshots().size());
        Map<ProcessId, Integer> cut = cuts.get(0);
        assertEquals(longs(cut), report.snapshots().get(0).cut());
        Snapshot<Integer, Integer> snapshot = run.snapshot(0, run.stateAt(cut));
        Theorem1<Integer, Integer> theorem = Theorem1.construct(run.computation(cut), snapshot);
        assertTrue(theorem.holds(), theorem::toString);
        assertTrue(blackBox(run, snapshot).isClean());
        Statistics.label("in transit").collect(snapshot.state().inTransit() > 0);
        Statistics.label("in transit").coverage(c -> c.check(true).percentage(x -> x > 20));
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void aCutIsRefutedExactlyIfItHasAnOrphan(@ForAll long seed) {
        RandomRun run = new RandomRun(seed, 4, 40);
        List<Map<ProcessId, Integer>> cuts = List.of(run.cut(), run.cut());
        Report report = audit(run, run.mixed(run.logs(cuts)), snapshots(run, cuts));
        for (int s = 0; s < cuts.size(); s++) {
            Verdict verdict = report.snapshots().get(s);
            boolean consistent = run.isConsistent(cuts.get(s));
            assertEquals(consistent ? Outcome.CONSISTENT : Outcome.INCONSISTENT, verdict.outcome());
            assertEquals(!consistent, verdict.violations().stream()
                    .anyMatch(v -> v.kind() == Kind.ORPHAN_MESSAGE));
        }
        Theorem1<Integer, Integer> theorem = Theorem1.construct(
                run.computation(cuts.get(0)), run.snapshot(0, run.stateAt(cuts.get(0))));
        boolean consistent = run.isConsistent(cuts.get(0));
        assertEquals(consistent, theorem.holds());
        if (theorem instanceof Theorem1.Refutation<Integer, Integer> refutation) {
            assertEquals(Kind.ORPHAN_MESSAGE, refutation.violation().kind());
        }
        Statistics.label("consistent").collect(consistent);
        Statistics.label("consistent").coverage(c -> c.check(false).percentage(x -> x > 10));
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void anAlteredStateIsRefutedByAllThatKnowTheCut(@ForAll long seed) {
        RandomRun run = new RandomRun(seed, 4, 15);
        Map<ProcessId, Integer> cut = run.consistentCut();
        GlobalState<Integer, Integer> damaged = Damage.damaged(run, run.stateAt(cut));
        Snapshot<Integer, Integer> snapshot = run.snapshot(0, damaged);
        Verdict verdict = audit(run, run.mixed(run.logs(List.of(cut))), List.of(snapshot))
                .snapshots().get(0);
        boolean altered = !damaged.equals(run.stateAt(cut));
        assertEquals(altered ? Outcome.INCONSISTENT : Outcome.CONSISTENT, verdict.outcome());
        assertEquals(!altered, Theorem1.construct(run.computation(cut), snapshot).holds());
        assertEquals(altered ? 1 : 0, verdict.violations().size());
        Statistics.label("altered").collect(altered);
        Statistics.label("altered").coverage(c -> c.check(true).percentage(x -> x > 60));
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void theLatticeAndTheBlackBoxFindWhatTryingEverythingFinds(@ForAll long seed) {
        RandomRun run = new RandomRun(seed, 3, 12);
        List<Map<ProcessId, Integer>> cuts = run.allCuts();
        cuts.removeIf(cut -> !run.isConsistent(cut));
        Lattice<Integer, Integer> lattice =
                new Lattice<>(run.computation(run.consistentCut()), 100_000);
        assertEquals(cuts.size(), lattice.cuts());
        assertTrue(lattice.isComplete());
        GlobalState<Integer, Integer> state = run.stateAt(run.consistentCut());
        GlobalState<Integer, Integer> wanted =
                run.random.nextInt(3) == 0 ? state : Damage.damaged(run, state);
        Optional<Map<ProcessId, Long>> least = cuts.stream()
                .filter(cut -> run.stateAt(cut).equals(wanted))
                .min(Comparator.comparing(cut ->
                        cut.values().stream().mapToInt(Integer::intValue).sum()))
                .map(OracleProperties::longs);
        assertEquals(least, lattice.find(wanted).map(TreeMap::new));
        Verdict verdict = blackBox(run, run.snapshot(0, wanted)).snapshots().get(0);
        assertEquals(least.isPresent() ? Outcome.CONSISTENT : Outcome.INCONSISTENT,
                verdict.outcome());
        assertEquals(least.orElse(Map.of()), verdict.cut());
        Statistics.label("reachable").collect(least.isPresent());
        Statistics.label("reachable").coverage(c -> c.check(true).percentage(x -> x > 20));
        Statistics.label("reachable").coverage(c -> c.check(false).percentage(x -> x > 10));
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void theReportDoesNotDependOnTheOrderOfTheLogs(@ForAll long seed) {
        RandomRun run = new RandomRun(seed, 4, 20);
        List<Map<ProcessId, Integer>> cuts = List.of(run.cut(), run.consistentCut());
        Map<ProcessId, List<Event<Integer, Integer>>> logs = run.logs(cuts);
        List<Snapshot<Integer, Integer>> snapshots = new ArrayList<>();
        for (int s = 0; s < cuts.size(); s++) {
            snapshots.add(run.snapshot(s, Damage.damaged(run, run.stateAt(cuts.get(s)))));
        }
        Report report = audit(run, run.mixed(logs), snapshots);
        assertEquals(report, audit(run, run.mixed(logs), snapshots));
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void aLinearizationPassesEverythingOnInALegalOrder(@ForAll long seed) {
        RandomRun run = new RandomRun(seed, 4, 25);
        List<Event<Integer, Integer>> passed = new ArrayList<>();
        Linearization<Integer, Integer> order =
                new Linearization<>(run.topology, run.initial, passed::add);
        Map<ProcessId, List<Event<Integer, Integer>>> logs = run.logs(List.of(run.cut()));
        int added = 0;
        for (Event<Integer, Integer> event : run.mixed(logs)) {
            order.add(event);
            added++;
            assertEquals(added - passed.size(), order.pending());
            assertEquals(order.pending() == 0, order.awaited().isEmpty());
        }
        assertEquals(0, order.pending());
        Replay<Integer, Integer> replay = new Replay<>(run.topology, run.initial);
        Map<ProcessId, List<Event<Integer, Integer>>> byProcess = new TreeMap<>();
        logs.keySet().forEach(p -> byProcess.put(p, new ArrayList<>()));
        for (Event<Integer, Integer> event : passed) {
            byProcess.get(event.process()).add(event);
            if (event instanceof Event.Environment<Integer, Integer> step) {
                assertEquals(null, replay.perform(step));
            }
        }
        assertEquals(logs, byProcess);
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void aTraceIsFaultyExactlyIfNoOrderOfItIsAComputation(@ForAll long seed) {
        RandomRun run = new RandomRun(seed, 3, 15);
        Map<ProcessId, List<Event<Integer, Integer>>> logs =
                run.logs(List.of(run.consistentCut()));
        logs.replaceAll((p, log) -> Damage.shaken(run, log));
        Report report = audit(run, run.mixed(logs), List.of());
        boolean possible = Damage.isComputation(run, logs);
        assertEquals(possible, report.trace().isEmpty(), report::toString);
        Statistics.label("possible").collect(possible);
        Statistics.label("possible").coverage(c -> c.check(false).percentage(x -> x > 10));
        Statistics.label("possible").coverage(c -> c.check(true).percentage(x -> x > 20));
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void aLostEndOfALogRefutesNothing(@ForAll long seed) {
        RandomRun run = new RandomRun(seed, 4, 25);
        Map<ProcessId, Integer> cut = run.consistentCut();
        Map<ProcessId, List<Event<Integer, Integer>>> logs = run.logs(List.of(cut));
        ProcessId p = run.one(run.topology.processes().asList());
        List<Event<Integer, Integer>> log = logs.get(p);
        logs.put(p, log.subList(0, run.random.nextInt(log.size() + 1)));
        Audit<Integer, Integer> audit = new Audit<>(run.topology, run.initial, Set.of(p));
        run.mixed(logs).forEach(audit::event);
        audit.snapshot(run.snapshot(0, run.stateAt(cut)));
        Report report = audit.finish();
        assertEquals(List.of(), report.trace());
        boolean recorded = logs.get(p).stream().anyMatch(Event.RecordState.class::isInstance);
        Verdict verdict = report.snapshots().get(0);
        assertEquals(recorded ? Outcome.CONSISTENT : Outcome.INCOMPLETE, verdict.outcome());
        assertFalse(!recorded && verdict.assumptions().isEmpty());
    }

    private static Report audit(RandomRun run, List<Event<Integer, Integer>> lines,
            List<Snapshot<Integer, Integer>> snapshots) {
        Audit<Integer, Integer> audit = new Audit<>(run.topology, run.initial, Set.of());
        List<Snapshot<Integer, Integer>> later = new ArrayList<>(snapshots);
        for (Event<Integer, Integer> event : lines) {
            if (!later.isEmpty() && run.random.nextInt(10) == 0) {
                audit.snapshot(later.remove(0));
            }
            audit.event(event);
        }
        later.forEach(audit::snapshot);
        return audit.finish();
    }

    private static Report blackBox(RandomRun run, Snapshot<Integer, Integer> snapshot) {
        BlackBox<Integer, Integer> box = new BlackBox<>(run.topology, run.initial, Set.of());
        run.mixed(run.logs).forEach(box::event);
        box.snapshot(snapshot);
        return box.finish();
    }

    private static List<Snapshot<Integer, Integer>> snapshots(
            RandomRun run, List<Map<ProcessId, Integer>> cuts) {
        List<Snapshot<Integer, Integer>> snapshots = new ArrayList<>();
        for (int s = 0; s < cuts.size(); s++) {
            snapshots.add(run.snapshot(s, run.stateAt(cuts.get(s))));
        }
        return snapshots;
    }

    private static Map<ProcessId, Long> longs(Map<ProcessId, Integer> cut) {
        Map<ProcessId, Long> longs = new TreeMap<>();
        cut.forEach((p, events) -> longs.put(p, (long) events));
        return longs;
    }
}
