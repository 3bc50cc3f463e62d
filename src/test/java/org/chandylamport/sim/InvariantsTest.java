package org.chandylamport.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Map;
import java.util.TreeMap;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Marker;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.chandylamport.protocol.ChandyLamport;
import org.chandylamport.protocol.Ended;
import org.chandylamport.protocol.Recording;
import org.junit.jupiter.api.Test;

/** Each invariant is violated by a state that is damaged in the way that it forbids. */
class InvariantsTest {

    private static final ProcessId P = new ProcessId("p");
    private static final ProcessId Q = new ProcessId("q");
    private static final Channel PQ = Channel.between(P, Q);
    private static final Channel QP = Channel.between(Q, P);
    private static final SnapshotId ID = new SnapshotId(1);
    private static final Marker ONE = new Marker(ID);
    private static final Setup<Counting.State, Integer> SETUP =
            Setup.counting(Topology.ring(P, Q), 2).withSnapshots(1);
    private static final String COMPLETE = "Send(p->q); Send(p->q); RecordState(1, q); "
            + "ReceiveMarker(q->p); Receive(p->q); Receive(p->q); ReceiveMarker(p->q)";

    private final Invariants<Counting.State, Integer> invariants = new Invariants<>(SETUP);

    private static SystemState<Counting.State, Integer> after(String schedule) {
        Simulator<Counting.State, Integer> run = new Simulator<>(SETUP);
        run.replay(schedule);
        return run.systemState();
    }

    private static SystemState<Counting.State, Integer> with(
            SystemState<Counting.State, Integer> state, Channel c, Object... items) {
        Map<Channel, ImmutableList<Object>> channels = new TreeMap<>(state.channels());
        channels.put(c, ImmutableList.copyOf(items));
        return new SystemState<>(state.processes(), ImmutableSortedMap.copyOf(channels));
    }

    private static SystemState<Counting.State, Integer> with(
            SystemState<Counting.State, Integer> state, ProcessId p,
            SystemState<Counting.State, Integer> other) {
        Map<ProcessId, ProcessState<Counting.State, Integer>> states =
                new TreeMap<>(state.processes());
        states.put(p, other.process(p));
        return new SystemState<>(ImmutableSortedMap.copyOf(states), state.channels());
    }

    @Test
    void undamagedStatesAreFine() {
        assertNull(invariants.violated(after("")));
        assertNull(invariants.violated(after(COMPLETE)));
    }

    @Test
    void markersOfUnknownSnapshotsAreNoType() {
        assertEquals("TypeOK", invariants.violated(
                with(after(""), PQ, new Marker(new SnapshotId(9)))));
    }

    @Test
    void atMostOneMarkerIsInAChannel() {
        SystemState<Counting.State, Integer> state = after("RecordState(1, p)");
        assertEquals("AtMostOneMarker", invariants.violated(with(state, PQ, ONE, ONE)));
        assertEquals("AtMostOneMarker", invariants.violated(with(after(COMPLETE), PQ, ONE)));
    }

    @Test
    void aMarkerFollowsARecording() {
        assertEquals("MarkerFollowsRecording", invariants.violated(with(after(""), PQ, ONE)));
        assertEquals("MarkerFollowsRecording", invariants.violated(
                with(after("RecordState(1, p)"), PQ)), "a marker that was lost");
    }

    @Test
    void aClosedChannelHasTwoRecordedEnds() {
        SystemState<Counting.State, Integer> damaged = with(after(COMPLETE), P, after(""));
        assertFalse(invariants.closedImpliesBothRecorded(damaged));
        assertTrue(invariants.atMostOneMarker(damaged));
    }

    @Test
    void aRecordedChannelHoldsExactlyWhatCrossesTheCut() {
        SystemState<Counting.State, Integer> state = after(COMPLETE);
        assertEquals(ImmutableList.of(1, 2), state.recordedChannel(new SnapshotId(1), PQ));
        assertTrue(invariants.consistent(state));
        SystemState<Counting.State, Integer> fewer = after("Send(p->q); RecordState(1, q); "
                + "ReceiveMarker(q->p); Receive(p->q); ReceiveMarker(p->q)");
        assertEquals("Consistent", invariants.violated(with(state, Q, fewer)));
        assertEquals("Consistent", invariants.violated(with(state, P, fewer)));
    }

    @Test
    void onlyWhatIsNotCompleteIsGivenUp() {
        Simulator<Counting.State, Integer> run = new Simulator<>(SETUP.withAbandon());
        run.replay("RecordState(1, p); Abandon(1, p)");
        assertTrue(invariants.recordedOnce(after("RecordState(1, p)"), run.systemState()));
        SystemState<Counting.State, Integer> complete = after(COMPLETE);
        assertFalse(invariants.recordedOnce(complete, with(complete, P, run.systemState())));
    }

    @Test
    void aProcessHoldsARecordingWhileItAwaitsAMarkerAndHandsItOverThen() {
        SystemState<Counting.State, Integer> live = after("RecordState(1, p)");
        SystemState<Counting.State, Integer> complete = after(COMPLETE);
        ProcessState<Counting.State, Integer> p = complete.process(P);
        Recording.Value<Counting.State, Integer> handedOver = p.complete().values().asList().get(0);
        Recording.Value<Counting.State, Integer> awaits =
                live.process(P).core().recordings().values().asList().get(0);
        noType(complete, p.core().recordings(), p.core().ended(), Map.of());
        noType(live, Map.of(ID, awaits), p.core().ended(), Map.of());
        noType(live, Map.of(ID, handedOver), live.process(P).core().ended(), Map.of());
        noType(complete, Map.of(), p.core().ended(), Map.of(ID, awaits));
        noType(live, Map.of(ID, awaits, new SnapshotId(9), awaits),
                live.process(P).core().ended(), Map.of());
    }

    @Test
    void aProcessRecordsItsIncomingChannelsAndAwaitsTheirMarkers() {
        SystemState<Counting.State, Integer> live = after("RecordState(1, p)");
        ProcessState<Counting.State, Integer> p = live.process(P);
        Recording.Value<Counting.State, Integer> awaits =
                p.core().recordings().values().asList().get(0);
        ImmutableSortedMap<Channel, ImmutableList<Integer>> otherwise =
                ImmutableSortedMap.of(PQ, ImmutableList.of());
        noType(live, Map.of(ID, new Recording.Value<>(
                        awaits.state(), awaits.awaitingMarker(), otherwise)),
                p.core().ended(), Map.of());
        noType(live, Map.of(ID, new Recording.Value<>(
                        awaits.state(), ImmutableSortedSet.of(PQ), awaits.channels())),
                p.core().ended(), Map.of());
    }

    private void noType(
            SystemState<Counting.State, Integer> state,
            Map<SnapshotId, Recording.Value<Counting.State, Integer>> recordings,
            Ended.Value ended,
            Map<SnapshotId, Recording.Value<Counting.State, Integer>> complete) {
        Map<ProcessId, ProcessState<Counting.State, Integer>> states =
                new TreeMap<>(state.processes());
        states.put(P, new ProcessState<>(
                new ChandyLamport.Value<>(state.state(P),
                        ImmutableSortedMap.copyOf(recordings), ended),
                ImmutableSortedMap.copyOf(complete)));
        assertFalse(invariants.typeOK(new SystemState<>(
                ImmutableSortedMap.copyOf(states), state.channels())));
    }

    @Test
    void whatIsRecordedDoesNotChange() {
        SystemState<Counting.State, Integer> first = after("RecordState(1, p)");
        SystemState<Counting.State, Integer> other = after("Send(p->q); RecordState(1, p)");
        assertTrue(invariants.recordedOnce(after(""), first));
        assertFalse(invariants.recordedOnce(first, other), "another state");
        assertFalse(invariants.recordedOnce(first, after("")), "none any more");
        SystemState<Counting.State, Integer> complete = after(COMPLETE);
        assertFalse(invariants.recordedOnce(complete, after("Send(p->q); RecordState(1, q); "
                + "ReceiveMarker(q->p); Receive(p->q); ReceiveMarker(p->q)")), "another channel");
        assertTrue(invariants.recordedOnce(complete, complete));
        assertFalse(invariants.recordedOnce(complete, with(complete, Q, after("Send(p->q); "
                + "RecordState(1, q); ReceiveMarker(q->p); Receive(p->q); ReceiveMarker(p->q)"))),
                "another channel alone");
        assertEquals(0, complete.markersIn(new SnapshotId(1), QP));
    }
}
