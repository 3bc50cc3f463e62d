package org.chandylamport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.chandylamport.app.RandomSystem;
import org.chandylamport.app.RandomSystem.Letter;
import org.chandylamport.app.RandomSystem.Memory;
import org.chandylamport.check.Linearization;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Computation;
import org.chandylamport.model.Event;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.Outbox;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.Topology;
import org.chandylamport.runtime.PendingSnapshot;
import org.jspecify.annotations.Nullable;

/** A run of a random system on threads: what was observed, in one linear order, and recorded. */
public record ThreadedRun(
        Computation<Memory, Letter> computation, List<Snapshot<Memory, Letter>> snapshots) {

    /**
     * Initiates each planned snapshot in the midst of the run: its first initiator does so in one
     * of its own steps, or another thread does if that has not happened when all is quiet.
     */
    public static ThreadedRun of(
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
        return new ThreadedRun(new Computation<>(topology, initial, events.build()), snapshots);
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
}
