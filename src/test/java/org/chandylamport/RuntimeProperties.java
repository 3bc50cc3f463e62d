package org.chandylamport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Multiset;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import org.chandylamport.app.RandomSystem;
import org.chandylamport.app.RandomSystem.Letter;
import org.chandylamport.app.RandomSystem.Memory;
import org.chandylamport.check.Audit;
import org.chandylamport.check.Report;
import org.chandylamport.check.Theorem1;
import org.chandylamport.model.Computation;
import org.chandylamport.model.Event;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;

/**
 * What holds of every system on real threads, whatever they do. Nothing is shrunk: the same system
 * does not fail again for certain.
 */
class RuntimeProperties {

    @Provide
    Arbitrary<RandomSystem> systems() {
        return RandomSystems.any(8);
    }

    private static void requireConsistent(ThreadedRun run) {
        Computation<Memory, Letter> computation = run.computation();
        Audit<Memory, Letter> audit =
                new Audit<>(computation.topology(), computation.initial(), ImmutableSet.of());
        computation.events().forEach(audit::event);
        run.snapshots().forEach(audit::snapshot);
        Report report = audit.finish();
        assertTrue(report.isClean(), report::toString);
        assertEquals(run.snapshots().size(), report.snapshots().size());
        for (Snapshot<Memory, Letter> snapshot : run.snapshots()) {
            assertInstanceOf(Theorem1.Witness.class, Theorem1.construct(computation, snapshot));
        }
    }

    @Property(tries = 400, shrinking = ShrinkingMode.OFF)
    void everySnapshotPassesAllOracles(
            @ForAll("systems") RandomSystem system,
            @ForAll @IntRange(min = 1, max = 4) int workers) {
        ThreadedRun run = ThreadedRun.of(system, system.initial(), workers);
        requireConsistent(run);
        boolean inTransit = run.snapshots().stream().anyMatch(s -> s.state().inTransit() > 0);
        Statistics.label("messages in transit").collect(inTransit);
        Statistics.label("messages in transit")
                .coverage(coverage -> coverage.check(true).percentage(share -> share > 5));
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void oneMarkerOfEachSnapshotIsReceivedAlongEachChannel(
            @ForAll("systems") RandomSystem system) {
        ThreadedRun run = ThreadedRun.of(system, system.initial(), 2);
        Multiset<Event<Memory, Letter>> markers = HashMultiset.create();
        run.computation().events().stream()
                .filter(Event.ReceiveMarker.class::isInstance)
                .forEach(markers::add);
        int channels = system.topology().channels().size();
        assertEquals(run.snapshots().size() * channels, markers.size());
        assertEquals(markers.size(), markers.elementSet().size(), "no marker comes twice");
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void aNetworkStartedFromASnapshotGoesOnLegally(@ForAll("systems") RandomSystem system) {
        ThreadedRun first = ThreadedRun.of(system, system.initial(), 2);
        Snapshot<Memory, Letter> snapshot = first.snapshots().get(0);
        requireConsistent(ThreadedRun.of(system, snapshot.state(), 2));
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void snapshotIdsAreIssuedOnce(@ForAll("systems") RandomSystem system) {
        List<SnapshotId> ids = ThreadedRun.of(system, system.initial(), 3).snapshots().stream()
                .map(Snapshot::id).sorted().toList();
        for (int i = 0; i < ids.size(); i++) {
            assertEquals(new SnapshotId(i + 1), ids.get(i));
        }
    }
}
