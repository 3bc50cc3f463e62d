package org.chandylamport.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableSortedMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/** Runs and their setups: what is performed, and what is refused. */
class SimulatorTest {

    private static final ProcessId P = new ProcessId("p");
    private static final ProcessId Q = new ProcessId("q");
    private static final Channel PQ = Channel.between(P, Q);
    private static final Channel QP = Channel.between(Q, P);
    private static final Topology TOPOLOGY = Topology.ring(P, Q);
    private static final SnapshotId ONE = new SnapshotId(1);
    private static final Setup<Counting.State, Integer> SETUP =
            Setup.counting(TOPOLOGY, 2).withInitiators(Map.of(ONE, Set.of(P)));

    private final Simulator<Counting.State, Integer> run = new Simulator<>(SETUP);

    @Test
    void aRandomRunStopsAtItsLimitAndNamesItsSeed() {
        run.run(5, 3);
        assertEquals(3, run.schedule().size());
        assertEquals("seed 5: " + Action.line(run.schedule()), run.toString());
        Simulator<Counting.State, Integer> same = new Simulator<>(SETUP);
        same.run(5, 3);
        assertEquals(run.schedule(), same.schedule());
    }

    @Test
    void theStateLeavesMarkersOut() {
        run.replay("Send(p->q); RecordState(1, p)");
        assertEquals(List.of(1), run.state().channels().get(PQ));
        assertEquals(2, run.channel(PQ).size());
    }

    @Test
    void aRecordingIsShownFromTheMomentItBegins() {
        assertEquals(Set.of(), run.recorded(ONE));
        run.replay("RecordState(1, p)");
        assertEquals(Set.of(P), run.recorded(ONE));
        run.replay("ReceiveMarker(p->q)");
        assertEquals(Set.of(P, Q), run.recorded(ONE));
    }

    @Test
    void whatIsNotEnabledIsRefusedAndChangesNothing() {
        var e = assertThrows(IllegalArgumentException.class, () -> run.replay("Receive(p->q)"));
        assertEquals("Receive(p->q) is not enabled after: ", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> run.replay("RecordState(1, q)"));
        assertThrows(IllegalArgumentException.class, () -> run.replay("Abandon(1, p)"));
        assertEquals(List.of(), run.schedule());
    }

    @Test
    void onlyWhatTheSetupPermitsAndIsNotOverHasASuccessor() {
        Steps<Counting.State, Integer> steps = new Steps<>(SETUP);
        SystemState<Counting.State, Integer> initial = steps.initial();
        assertNotNull(steps.successor(initial, new Action.RecordState(ONE, P)));
        assertNull(steps.successor(initial, new Action.RecordState(ONE, Q)));
        assertNull(steps.successor(initial, new Action.RecordState(new SnapshotId(2), P)));
        assertNull(steps.successor(initial, new Action.Abandon(ONE, P)));
        Steps<Counting.State, Integer> abandoning = new Steps<>(SETUP.withAbandon());
        SystemState<Counting.State, Integer> abandoned =
                abandoning.successor(initial, new Action.Abandon(ONE, P));
        assertNotNull(abandoned);
        assertNull(abandoning.successor(abandoned, new Action.Abandon(ONE, P)));
        assertNull(abandoning.successor(abandoned, new Action.RecordState(ONE, P)));
    }

    @Test
    void aProcessThatSendsOnItsOwnMayKeepItsState() {
        Underlying<Integer, Integer> beacon = new Underlying<>() {
            @Override
            public Integer receive(Integer state, Channel c, Integer m, Outbox<Integer> outbox) {
                return state + m;
            }

            @Override
            public boolean canSend(Integer state, Channel c) {
                return true;
            }

            @Override
            public Integer message(Integer state, Channel c) {
                return 3;
            }
        };
        Simulator<Integer, Integer> beacons = new Simulator<>(
                Setup.of(TOPOLOGY, beacon, GlobalState.initial(TOPOLOGY, 0)));
        beacons.replay("Send(p->q); Send(p->q); Receive(p->q)");
        assertEquals(Map.of(P, 0, Q, 3), beacons.state().processes());
    }

    @Test
    void aMessageOutOfTurnIsNotCounted() {
        Counting.State state = Counting.initial(TOPOLOGY).processes().get(Q);
        var e = assertThrows(IllegalStateException.class,
                () -> new Counting(2).receive(state, PQ, 2, null));
        assertEquals("2 along p->q, where 1 is next", e.getMessage());
        assertEquals("sent {q->p=0} received {p->q=0}", state.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Receive                 | not an action: Receive
            (p->q)                  | not an action: (p->q)
            Receive(p->q            | not an action: Receive(p->q
            Consider(p->q)          | not an action: Consider(p->q)
            Receive(p->r)           | there is no channel p->r
            RecordState(1)          | a snapshot and a process, not 1
            RecordState(, p)        | a snapshot and a process, not , p
            Abandon(1, r)           | there is no process r
            """)
    void aScheduleThatCannotBeReadIsRefused(String line, String why) {
        var e = assertThrows(IllegalArgumentException.class,
                () -> Action.parse("Send(p->q); " + line, TOPOLOGY));
        assertEquals(why, e.getMessage());
    }

    @Test
    void aScheduleIsReadAsItIsWritten() {
        Simulator<Counting.State, Integer> abandoning = new Simulator<>(SETUP.withAbandon());
        for (long seed = 0; seed < 20; seed++) {
            abandoning.run(seed, 5);
        }
        String line = Action.line(abandoning.schedule()) + "; Abandon(1, p)";
        assertEquals(line, Action.line(Action.parse(line, TOPOLOGY)));
    }

    @Test
    void thePartsOfASetupFitEachOther() {
        Behavior<Integer, Integer> behavior = (state, c, m, outbox) -> state;
        Topology more = Topology.ring(P, Q, new ProcessId("r"));
        GlobalState<Integer, Integer> initial = GlobalState.initial(TOPOLOGY, 0);
        assertThrows(IllegalArgumentException.class, () -> Setup.of(more, behavior, initial));
        assertThrows(IllegalArgumentException.class, () -> Setup.of(TOPOLOGY, behavior,
                new GlobalState<>(initial.processes(), ImmutableSortedMap.of())));
        assertThrows(IllegalArgumentException.class, () -> new Setup<>(TOPOLOGY,
                ImmutableSortedMap.of(), initial, ImmutableSortedMap.of(), false));
        assertThrows(IllegalArgumentException.class, () -> Setup.of(TOPOLOGY, behavior, initial)
                .withInitiators(Map.of(ONE, Set.of(new ProcessId("r")))));
        assertFalse(SETUP.mayAbandon());
    }
}
