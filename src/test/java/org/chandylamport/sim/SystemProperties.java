package org.chandylamport.sim;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Multiset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsCoverage;
import org.chandylamport.RandomSystems;
import org.chandylamport.app.RandomSystem;
import org.chandylamport.app.RandomSystem.Letter;
import org.chandylamport.app.RandomSystem.Memory;
import org.chandylamport.model.Event;
import org.chandylamport.model.Event.ReceiveMarker;
import org.chandylamport.model.Event.RecordState;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;

/** What holds of every system under every schedule. */
class SystemProperties {

    private static final int TRIES = 400;

    /** Many more than a right system performs. */
    private static final long MOST_ACTIONS = 50_000;

    @Provide
    Arbitrary<RandomSystem> systems() {
        return RandomSystems.any(8);
    }

    @Provide
    Arbitrary<RandomSystem> smallSystems() {
        return RandomSystems.any(3);
    }

    @Property(tries = TRIES)
    void everySnapshotPassesAllOracles(@ForAll("systems") RandomSystem system) {
        Oracles.check(run(system), 2000);
    }

    @Property(tries = TRIES)
    void everySnapshotCompletes(@ForAll("systems") RandomSystem system) {
        Simulator<Memory, Letter> run = run(system);
        assertEquals(system.initiators().keySet(), run.snapshots().keySet(), run::toString);
        run.snapshots().forEach((s, snapshot) -> assertTrue(
                requireNonNull(system.initiators().get(s)).containsAll(snapshot.initiators())));
    }

    @Property(tries = TRIES)
    void invariantsHoldInEveryState(@ForAll("smallSystems") RandomSystem system) {
        Setup<Memory, Letter> setup = setup(system);
        Invariants<Memory, Letter> invariants = new Invariants<>(setup);
        Simulator<Memory, Letter> run = run(system);
        Steps<Memory, Letter> steps = new Steps<>(setup);
        SystemState<Memory, Letter> state = steps.initial();
        for (Action action : run.schedule()) {
            SystemState<Memory, Letter> next =
                    requireNonNull(steps.successor(state, action), run.toString());
            assertEquals(null, invariants.violated(next), run::toString);
            assertTrue(invariants.recordedOnce(state, next), run::toString);
            state = next;
        }
        assertEquals(run.systemState(), state, run::toString);
    }

    @Property(tries = TRIES)
    void oneMarkerOfEachSnapshotPassesEachChannel(@ForAll("systems") RandomSystem system) {
        Simulator<Memory, Letter> run = run(system);
        Multiset<List<Object>> markers = HashMultiset.create();
        Multiset<List<Object>> recorded = HashMultiset.create();
        for (Event<Memory, Letter> event : run.computation().events()) {
            if (event instanceof ReceiveMarker<Memory, Letter> received) {
                markers.add(List.of(received.channel(), received.snapshot()));
            } else if (event instanceof RecordState<Memory, Letter> record) {
                recorded.add(List.of(record.process(), record.snapshot()));
            }
        }
        for (SnapshotId s : system.initiators().keySet()) {
            system.topology().channels().forEach(c ->
                    assertEquals(1, markers.count(List.of(c, s)), run::toString));
            system.topology().processes().forEach(p ->
                    assertEquals(1, recorded.count(List.of(p, s)), run::toString));
        }
        assertEquals(system.topology().channels().size() * system.initiators().size(),
                markers.size());
    }

    @Property(tries = TRIES)
    void theUnderlyingComputationIsUnaltered(@ForAll("systems") RandomSystem system) {
        Simulator<Memory, Letter> run = run(system);
        Bare bare = new Bare(system);
        for (Event<Memory, Letter> event : run.computation().events()) {
            if (event instanceof Event.Environment<Memory, Letter> underlying) {
                bare.perform(underlying);
            }
        }
        bare.assertStepIsOver();
        assertEquals(bare.states, run.state().processes());
        bare.channels.forEach((c, contents) -> assertEquals(
                List.copyOf(contents), run.state().channels().get(c), run::toString));
        assertTrue(run.enabled().isEmpty());
    }

    @Property(tries = TRIES)
    void aSystemContinuesFromAnyOfItsSnapshots(@ForAll("systems") RandomSystem system) {
        for (Snapshot<Memory, Letter> snapshot : run(system).snapshots().values()) {
            RandomSystem restored = new RandomSystem(system.seed() + 1, system.topology(),
                    snapshot.state(), later(system.initiators()));
            Simulator<Memory, Letter> run = run(restored);
            assertEquals(restored.initiators().keySet(), run.snapshots().keySet(), run::toString);
            Oracles.check(run, 200);
        }
    }

    private static <T> ImmutableSortedMap<SnapshotId, T> later(Map<SnapshotId, T> plan) {
        Map<SnapshotId, T> later = new TreeMap<>();
        plan.forEach((s, value) -> later.put(new SnapshotId(s.number() + 100), value));
        return ImmutableSortedMap.copyOf(later);
    }

    @Property(tries = TRIES)
    void abandonedSnapshotsLeaveTheOthersRightAndNothingBehind(
            @ForAll("systems") RandomSystem system) {
        Simulator<Memory, Letter> run = new Simulator<>(setup(system).withAbandon());
        run.run(system.seed(), MOST_ACTIONS);
        Oracles.check(run, 200);
        assertTrue(run.enabled().isEmpty());
        run.systemState().channels().values().forEach(contents ->
                assertTrue(contents.isEmpty(), run::toString));
        run.systemState().processes().values().forEach(p ->
                assertTrue(p.core().recordings().isEmpty(), run::toString));
    }

    @Property(tries = TRIES)
    void theSameSeedGivesTheSameRun(@ForAll("systems") RandomSystem system) {
        Simulator<Memory, Letter> run = run(system);
        assertEquals(run.computation(), run(system).computation());
        Simulator<Memory, Letter> replayed = new Simulator<>(setup(system));
        replayed.replay(Action.line(run.schedule()));
        assertEquals(run.computation(), replayed.computation());
        assertEquals(run.systemState(), replayed.systemState());
    }

    /** The properties above say little unless runs reach what is hard. */
    @Property(tries = TRIES)
    void theHardCasesAreReached(@ForAll("systems") RandomSystem system) {
        HardCases cases = HardCases.of(run(system));
        collect("messages in transit", cases.inTransit());
        collect("recorded after another channel's marker", cases.afterAnotherMarker());
        collect("one message in two snapshots", cases.inTwoSnapshots());
        collect("two initiators meet", cases.initiatorsMeet());
        collect("self channel holds messages", cases.selfChannel());
        collect("parallel channels hold messages", cases.parallelChannels());
    }

    private static void collect(String label, boolean reached) {
        Statistics.label(label).collect(reached);
        Statistics.label(label).coverage(SystemProperties::atLeastOneInTwenty);
    }

    private static void atLeastOneInTwenty(StatisticsCoverage coverage) {
        coverage.check(true).percentage(percentage -> percentage > 5.0);
    }

    private static Setup<Memory, Letter> setup(RandomSystem system) {
        return Setup.of(system.topology(), system::behavior, system.initial())
                .withInitiators(system.initiators());
    }

    private static Simulator<Memory, Letter> run(RandomSystem system) {
        Simulator<Memory, Letter> run = new Simulator<>(setup(system));
        run.run(system.seed(), MOST_ACTIONS);
        return run;
    }
}
