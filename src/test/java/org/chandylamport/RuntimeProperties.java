package org.chandylamport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Multiset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import org.chandylamport.RandomSystem.Letter;
import org.chandylamport.RandomSystem.Memory;
import org.chandylamport.check.Audit;
import org.chandylamport.check.Linearization;
import org.chandylamport.check.Report;
import org.chandylamport.check.Theorem1;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Computation;
import org.chandylamport.model.Event;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.Outbox;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.chandylamport.runtime.PendingSnapshot;
import org.jspecify.annotations.Nullable;

/** What holds of every system on real threads, whatever they do. */
class RuntimeProperties {

    @Provide
    Arbitrary<RandomSystem> systems() {
        return RandomSystem.any(8);
    }

    /** A run on threads: what was observed, in one linear order, and what was recorded. */
    private record Observed(
            Computation<Memory, Letter> computation, List<Snapshot<Memory, Letter>> snapshots) {}

    /**
     * Initiates each planned snapshot in the midst of the run: its first initiator does so in one
     * of its own steps, or another thread does if that has not happened when all is quiet.
     */
    private static Observed run(
            RandomSystem system, GlobalState<Memory, Letter> initial, int workers) {
        Topology topology = system.topology();
        List<Event<Memory, Letter>> observed = new ArrayList<>();
        List<Snapshot<Memory, Letter>> snapshots;
        CompletableFuture<Network<Memory, Letter>> started = new CompletableFuture<>();
        List<Initiation> plan = system.initiators().values().stream()
                .map(initiators -> new Initiation(initiators, started)).toList();
        try (var network = Network.configure(topology, p -> midway(p, system, plan), initial)
                .workers(workers).trace(observed::add).start()) {
            started.complete(network);
            Thread.yield();
            snapshots = plan.stream()
                    .map(initiation -> CompletableFuture.supplyAsync(initiation::pending))
                    .toList().stream()
                    .map(CompletableFuture::join)
                    .map(PendingSnapshot::join)
                    .toList();
        }
        ImmutableList.Builder<Event<Memory, Letter>> events = ImmutableList.builder();
        Linearization<Memory, Letter> order =
                new Linearization<>(topology, initial, events::add);
        observed.forEach(order::add);
        assertEquals(0, order.pending(), "nothing is received that was not sent");
        return new Observed(new Computation<>(topology, initial, events.build()), snapshots);
    }

    /** One planned snapshot, initiated by whoever asks for it first. */
    private static final class Initiation {

        final ImmutableSortedSet<ProcessId> initiators;
        private final CompletableFuture<Network<Memory, Letter>> network;
        private @Nullable PendingSnapshot<Memory, Letter> pending;

        Initiation(
                ImmutableSortedSet<ProcessId> initiators,
                CompletableFuture<Network<Memory, Letter>> network) {
            this.initiators = initiators;
            this.network = network;
        }

        synchronized PendingSnapshot<Memory, Letter> pending() {
            if (pending == null) {
                pending = network.join().snapshot(initiators.toArray(ProcessId[]::new));
            }
            return pending;
        }
    }

    /** The behavior of p, which also initiates the snapshots that p is to initiate. */
    private static Behavior<Memory, Letter> midway(
            ProcessId p, RandomSystem system, List<Initiation> plan) {
        Behavior<Memory, Letter> behavior = system.behavior(p);
        return new Behavior<>() {
            private int steps;

            private void count() {
                int step = ++steps;
                for (int i = 0; i < plan.size(); i++) {
                    if (step == 1 + i && plan.get(i).initiators.first().equals(p)) {
                        plan.get(i).pending();
                    }
                }
            }

            @Override
            public Memory receive(Memory memory, Channel c, Letter letter, Outbox<Letter> outbox) {
                count();
                return behavior.receive(memory, c, letter, outbox);
            }

            @Override
            public boolean hasInternal(Memory memory) {
                return behavior.hasInternal(memory);
            }

            @Override
            public Memory internal(Memory memory, Outbox<Letter> outbox) {
                count();
                return behavior.internal(memory, outbox);
            }
        };
    }

    private static void requireConsistent(Observed run) {
        Computation<Memory, Letter> computation = run.computation;
        Audit<Memory, Letter> audit =
                new Audit<>(computation.topology(), computation.initial(), ImmutableSet.of());
        computation.events().forEach(audit::event);
        run.snapshots.forEach(audit::snapshot);
        Report report = audit.finish();
        assertTrue(report.isClean(), report::toString);
        assertEquals(run.snapshots.size(), report.snapshots().size());
        for (Snapshot<Memory, Letter> snapshot : run.snapshots) {
            assertInstanceOf(Theorem1.Witness.class, Theorem1.construct(computation, snapshot));
        }
    }

    @Property(tries = 400)
    void everySnapshotPassesAllOracles(
            @ForAll("systems") RandomSystem system,
            @ForAll @IntRange(min = 1, max = 4) int workers) {
        Observed run = run(system, system.initial(), workers);
        requireConsistent(run);
        boolean inTransit = run.snapshots.stream().anyMatch(s -> s.state().inTransit() > 0);
        Statistics.label("messages in transit").collect(inTransit);
        Statistics.label("messages in transit")
                .coverage(coverage -> coverage.check(true).percentage(share -> share > 5));
    }

    @Property(tries = 100)
    void oneMarkerOfEachSnapshotIsReceivedAlongEachChannel(
            @ForAll("systems") RandomSystem system) {
        Observed run = run(system, system.initial(), 2);
        Multiset<Event<Memory, Letter>> markers = HashMultiset.create();
        run.computation.events().stream()
                .filter(Event.ReceiveMarker.class::isInstance)
                .forEach(markers::add);
        int channels = system.topology().channels().size();
        assertEquals(run.snapshots.size() * channels, markers.size());
        assertEquals(markers.size(), markers.elementSet().size(), "no marker comes twice");
    }

    @Property(tries = 100)
    void aNetworkStartedFromASnapshotGoesOnLegally(@ForAll("systems") RandomSystem system) {
        Snapshot<Memory, Letter> snapshot = run(system, system.initial(), 2).snapshots.get(0);
        requireConsistent(run(system, snapshot.state(), 2));
    }

    @Property(tries = 100)
    void snapshotIdsAreIssuedOnce(@ForAll("systems") RandomSystem system) {
        List<SnapshotId> ids = run(system, system.initial(), 3).snapshots.stream()
                .map(Snapshot::id).sorted().toList();
        for (int i = 0; i < ids.size(); i++) {
            assertEquals(new SnapshotId(i + 1), ids.get(i));
        }
    }
}
