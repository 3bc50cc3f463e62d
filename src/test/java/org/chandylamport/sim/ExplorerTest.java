package org.chandylamport.sim;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.Channel;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.Outbox;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The explorer visits what TLC visits: the counts of states are those of spec/README.md. */
class ExplorerTest {

    private static final ProcessId P = new ProcessId("p");
    private static final ProcessId Q = new ProcessId("q");
    private static final ProcessId R = new ProcessId("r");
    private static final Topology MULTIGRAPH = new Topology(List.of(P, Q), List.of(
            new Channel("pp", P, P), new Channel("pq1", P, Q), new Channel("pq2", P, Q),
            new Channel("qp", Q, P)));
    private static final Topology ACYCLIC = new Topology(List.of(P, Q, R), List.of(
            new Channel("pq", P, Q), new Channel("pr", P, R), new Channel("qr", Q, R)));

    @ParameterizedTest(name = "{0}-ring, {1} messages, {2} ids: {3} states")
    @CsvSource({
        "2, 2, 1,   1136,   2584",
        "2, 2, 2,  43431, 108660",
        "3, 2, 1,  38016, 129456",
        "3, 1, 2, 149836, 549372",
        "4, 1, 1,  19489,  76716",
    })
    void ringsHaveTheStatesAndStepsOfTheSpecification(
            int n, int messages, int ids, long states, long steps) {
        Exploration all =
                new Explorer<>(Setup.counting(ring(n), messages).withSnapshots(ids)).states();
        assertEquals(states, all.states());
        assertEquals(steps, all.steps());
    }

    @Test
    void processesWithoutChannelsOnlyRecord() {
        Topology islands = new Topology(List.of(P, Q), List.of());
        assertEquals(new Exploration(4, 4, 1, 0),
                new Explorer<>(Setup.counting(islands, 1).withSnapshots(1)).states());
    }

    @Test
    void internalStepsAreStepsToo() {
        Behavior<Integer, Integer> clock = new Behavior<>() {
            @Override
            public Integer receive(Integer state, Channel c, Integer m, Outbox<Integer> outbox) {
                return state;
            }

            @Override
            public boolean hasInternal(Integer state) {
                return state < 2;
            }

            @Override
            public Integer internal(Integer state, Outbox<Integer> outbox) {
                return state + 1;
            }
        };
        Topology islands = new Topology(List.of(P, Q), List.of());
        Setup<Integer, Integer> setup =
                Setup.of(islands, clock, GlobalState.initial(islands, 0));
        assertEquals(new Exploration(9, 12, 0, 0), new Explorer<>(setup).states());
        assertEquals(6, new Explorer<>(setup).histories().histories());
    }

    @Test
    void otherGraphsHaveTheStatesOfTheSpecification() {
        assertEquals(10_913, states(Setup.counting(MULTIGRAPH, 1).withSnapshots(1)));
        assertEquals(7_816, states(
                Setup.counting(ACYCLIC, 2).withInitiators(Map.of(new SnapshotId(1), Set.of(P)))));
    }

    @Test
    void abandonHasTheStatesOfTheSpecification() {
        assertEquals(3_184, states(Setup.counting(ring(2), 2).withSnapshots(1).withAbandon()));
        assertEquals(30_305, states(Setup.counting(ring(2), 1).withSnapshots(2).withAbandon()));
    }

    private static long states(Setup<?, ?> setup) {
        return new Explorer<>(setup).states().states();
    }

    /** The explorer remembers what the core did; this search lets it do everything again. */
    @Test
    void aSearchWithoutMemoryFindsTheSame() {
        for (Setup<Counting.State, Integer> setup : List.of(
                Setup.counting(MULTIGRAPH, 1).withSnapshots(1),
                Setup.counting(ring(2), 1).withSnapshots(2),
                Setup.counting(ring(2), 1).withSnapshots(1).withAbandon())) {
            Steps<Counting.State, Integer> steps = new Steps<>(setup);
            Invariants<Counting.State, Integer> invariants = new Invariants<>(setup);
            List<SystemState<Counting.State, Integer>> queue =
                    new ArrayList<>(List.of(steps.initial()));
            Set<SystemState<Counting.State, Integer>> found = new HashSet<>(queue);
            long count = 0;
            long complete = 0;
            for (int i = 0; i < queue.size(); i++) {
                SystemState<Counting.State, Integer> state = queue.get(i);
                assertNull(invariants.violated(state));
                complete += setup.initiators().keySet().stream().anyMatch(state::isComplete)
                        ? 1 : 0;
                for (Action action : setup.actions()) {
                    SystemState<Counting.State, Integer> next =
                            steps.successor(state, action);
                    if (next != null) {
                        count++;
                        assertTrue(invariants.recordedOnce(state, next));
                        if (found.add(next)) {
                            queue.add(next);
                        }
                    }
                }
            }
            Exploration all = new Explorer<>(setup).states();
            assertEquals(all.states(), found.size());
            assertEquals(all.steps(), count);
            assertEquals(all.complete(), complete);
        }
    }

    @Test
    void everySnapshotOfEveryStateIsRight() {
        AtomicLong checked = new AtomicLong();
        for (Setup<Counting.State, Integer> setup : List.of(
                Setup.counting(ring(2), 2).withSnapshots(1),
                Setup.counting(ring(2), 1).withSnapshots(2),
                Setup.counting(MULTIGRAPH, 1).withSnapshots(1))) {
            Exploration all = new Explorer<>(setup,
                    run -> checked.addAndGet(Oracles.check(run, 10_000)), soFar -> {}).states();
            assertTrue(all.complete() > 200, all.toString());
        }
        assertTrue(checked.get() > 1000, checked.toString());
    }

    @Test
    void progressIsToldEvery256StatesOrHistories() {
        List<Exploration> told = new ArrayList<>();
        Exploration all = new Explorer<>(Setup.counting(ring(2), 2).withSnapshots(1), null,
                told::add).states();
        assertEquals(all.states() / 256, told.size());
        long before = 0;
        for (Exploration soFar : told) {
            assertTrue(before < soFar.steps() && soFar.steps() < all.steps(), told::toString);
            before = soFar.steps();
        }
        told.clear();
        Exploration ways = new Explorer<>(Setup.counting(ring(2), 1).withSnapshots(1), null,
                told::add).histories();
        assertEquals(LongStream.rangeClosed(1, ways.histories() / 256)
                .mapToObj(i -> new Exploration(0, 0, 0, i * 256)).toList(), told);
        assertTrue(told.size() > 1, told::toString);
    }

    @Test
    void atMost64SnapshotsAreExplored() {
        Topology one = new Topology(List.of(P), List.of());
        new Explorer<>(Setup.counting(one, 1).withSnapshots(64));
        var e = assertThrows(IllegalArgumentException.class,
                () -> new Explorer<>(Setup.counting(one, 1).withSnapshots(65)));
        assertEquals("65 snapshots, where 64 can be explored", e.getMessage());
    }

    /** Send and RecordState in either order, then what they sent in that order. */
    @Test
    void historiesAreAllWaysThroughTheSystem() {
        Topology topology = new Topology(List.of(P, Q), List.of(Channel.between(P, Q)));
        Setup<Counting.State, Integer> setup = Setup.counting(topology, 1)
                .withInitiators(Map.of(new SnapshotId(1), Set.of(P)));
        Set<String> histories = new HashSet<>();
        Exploration all = new Explorer<>(setup, run -> {
            assertEquals(1, Oracles.check(run, 100));
            histories.add(Action.line(run.schedule()));
        }, soFar -> {}).histories();
        assertEquals(4, all.histories());
        assertEquals(4, histories.size());
    }

    @Test
    void aViolationNamesTheInvariantAndAShortestScheduleThatLeadsThere() {
        Setup<Counting.State, Integer> honest = Setup.counting(ring(2), 1).withSnapshots(1);
        Setup<Counting.State, Integer> liar = Setup.of(
                honest.topology(), new Flawed(new Counting(1), false),
                honest.initial()).withInitiators(honest.initiators());
        ScheduleException e = assertThrows(ScheduleException.class,
                () -> new Explorer<>(liar).states());
        assertTrue(message(e).startsWith("Consistent is violated in\n"), message(e));
        assertEquals(4, e.schedule().size(), "one sends and records; the other receives both");
        assertTrue(message(e).matches("(?s).*\np1=.*sent \\{.*\np2=.* complete .*\n  replay: .*"),
                message(e));
        assertFalse(message(e).contains("=[]\n"), "a channel that is empty is not shown");
        Simulator<Counting.State, Integer> replayed = new Simulator<>(liar);
        replayed.replay(message(e).substring(message(e).indexOf("replay: ") + 8));
        assertEquals("Consistent", new Invariants<>(liar).violated(replayed.systemState()));
    }

    @Test
    void aBehaviorThatFailsIsReportedWithTheSchedule() {
        Topology topology = ring(2);
        ImmutableList<Channel> channels = ImmutableList.copyOf(topology.channels());
        Setup<Counting.State, Integer> setup = Setup.of(topology, new Flawed(new Counting(1), true),
                Counting.initial(topology));
        ScheduleException e = assertThrows(ScheduleException.class,
                () -> new Explorer<>(setup).states());
        assertEquals(List.of(new Action.Send(channels.get(0)), new Action.Receive(channels.get(0))),
                e.schedule());
        assertTrue(message(e).startsWith("dropped"), message(e));
        ScheduleException deep = assertThrows(ScheduleException.class,
                () -> new Explorer<>(setup).histories());
        assertEquals(List.of(new Action.Send(channels.get(0)), new Action.Send(channels.get(1)),
                new Action.Receive(channels.get(0))), deep.schedule());
        Simulator<Counting.State, Integer> run = new Simulator<>(setup);
        ScheduleException again = assertThrows(ScheduleException.class, () -> run.run(5));
        assertTrue(message(again).startsWith("seed 5: dropped"), message(again));
    }

    private static String message(Exception e) {
        return requireNonNull(e.getMessage());
    }

    private static Topology ring(int n) {
        return Topology.ring(IntStream.rangeClosed(1, n)
                .mapToObj(i -> new ProcessId("p" + i))
                .toArray(ProcessId[]::new));
    }

    /** Counts, but says that nothing was ever sent, or drops what it receives with a noise. */
    private record Flawed(Counting counting, boolean drops)
            implements Underlying<Counting.State, Integer> {

        @Override
        public Counting.State receive(
                Counting.State state, Channel c, Integer message, Outbox<Integer> outbox) {
            if (drops) {
                throw new IllegalStateException("dropped " + message);
            }
            return counting.receive(state, c, message, outbox);
        }

        @Override
        public boolean canSend(Counting.State state, Channel c) {
            return counting.canSend(state, c);
        }

        @Override
        public Integer message(Counting.State state, Channel c) {
            return counting.message(state, c);
        }

        @Override
        public Counting.State afterSend(Counting.State state, Channel c) {
            return counting.afterSend(state, c);
        }

        @Override
        public ImmutableList<Integer> sent(Counting.State state, Channel c) {
            return ImmutableList.of();
        }

        @Override
        public ImmutableList<Integer> received(Counting.State state, Channel c) {
            return counting.received(state, c);
        }
    }
}
