package org.chandylamport.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.chandylamport.model.Channel;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.Marker;
import org.chandylamport.model.Outbox;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.junit.jupiter.api.Test;

/** Whoever does it, a wrong marker is seen in the very state in which it is there first. */
class VigilanceTest {

    private static final ProcessId P = new ProcessId("p");
    private static final ProcessId Q = new ProcessId("q");
    private static final ProcessId R = new ProcessId("r");
    private static final Channel QR = Channel.between(Q, R);
    private static final Channel RQ = Channel.between(R, Q);
    private static final Topology TOPOLOGY = new Topology(List.of(P, Q, R), List.of(QR, RQ));

    /** Sends a marker as if it were a message, once along each channel. */
    private record Forger(Marker marker) implements Underlying<Integer, Object> {

        @Override
        public Integer receive(Integer state, Channel c, Object message, Outbox<Object> outbox) {
            return state;
        }

        @Override
        public boolean canSend(Integer state, Channel c) {
            return state == 0;
        }

        @Override
        public Object message(Integer state, Channel c) {
            return marker;
        }

        @Override
        public Integer afterSend(Integer state, Channel c) {
            return 1;
        }
    }

    private static ScheduleException refuted(long forged, Map<Channel, List<Object>> initially) {
        Setup<Integer, Object> setup = Setup.of(TOPOLOGY,
                new Forger(new Marker(new SnapshotId(forged))), GlobalState.of(
                        Map.of(P, 1, Q, 1, R, initially.get(QR).isEmpty() ? 0 : 1), initially))
                .withSnapshots(1);
        return assertThrows(ScheduleException.class, () -> new Explorer<>(setup).states());
    }

    private static void assertSays(String violated, ScheduleException e) {
        assertTrue(String.valueOf(e.getMessage()).startsWith(violated + " is violated in\n"),
                e::getMessage);
    }

    @Test
    void aMarkerOfAnUnknownSnapshotIsNoType() {
        ScheduleException e = refuted(9, Map.of(QR, List.of(), RQ, List.of()));
        assertSays("TypeOK", e);
        assertEquals(List.of(new Action.Send(RQ)), e.schedule());
    }

    @Test
    void aMarkerThatFollowsNoRecordingIsSeenAtOnce() {
        ScheduleException e = refuted(1, Map.of(QR, List.of(), RQ, List.of()));
        assertSays("MarkerFollowsRecording", e);
        assertEquals(List.of(new Action.Send(RQ)), e.schedule());
    }

    @Test
    void whatIsWrongFromTheBeginningIsSeenBeforeAnyStep() {
        ScheduleException unknown = refuted(9, Map.of(
                QR, List.of(new Marker(new SnapshotId(9))), RQ, List.of()));
        assertSays("TypeOK", unknown);
        assertEquals(List.of(), unknown.schedule());
        ScheduleException early = refuted(9, Map.of(
                QR, List.of(new Marker(new SnapshotId(1))), RQ, List.of()));
        assertSays("MarkerFollowsRecording", early);
        assertEquals(List.of(), early.schedule());
    }
}
