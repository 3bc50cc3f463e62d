package org.chandylamport.protocol;

import static org.chandylamport.protocol.ChandyLamportTest.PQ;
import static org.chandylamport.protocol.ChandyLamportTest.Q;
import static org.chandylamport.protocol.ChandyLamportTest.QP;
import static org.chandylamport.protocol.ChandyLamportTest.QR;
import static org.chandylamport.protocol.ChandyLamportTest.R;
import static org.chandylamport.protocol.ChandyLamportTest.RQ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chandylamport.model.Channel;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.junit.jupiter.api.Test;

/** p, q and r, with a channel each way between q and either of the others. */
class AssemblyTest {

    private static final ProcessId P = PQ.from();
    private static final SnapshotId ID = new SnapshotId(1);

    private final Assembly assembly =
            new Assembly(new Topology(Set.of(P, Q, R), Set.of(PQ, QP, QR, RQ)));

    /** The recording of a process that receives these messages along each channel meanwhile. */
    private static Recording<String, Integer> recording(
            long snapshot, ProcessId p, Map<Channel, List<Integer>> incoming) {
        Site site = new Site(p, incoming.keySet().stream().sorted().toList(), List.of());
        site.record(snapshot);
        incoming.forEach((c, messages) -> {
            messages.forEach(m -> site.receive(c, m));
            site.marker(c, snapshot);
        });
        return site.complete(snapshot);
    }

    private static List<Recording<String, Integer>> all(long snapshotOfQ) {
        return List.of(recording(1, P, Map.of(QP, List.of(1))),
                recording(snapshotOfQ, Q, Map.of(PQ, List.of(2, 3), RQ, List.of(4))),
                recording(1, R, Map.of(QR, List.of())));
    }

    @Test
    void eachStateAndEachContentGetsToItsPlace() {
        assertEquals(new Snapshot<>(ID, assembly.processes(), GlobalState.of(
                        Map.of(P, "initial", Q, "initial", R, "initial"),
                        Map.of(PQ, List.of(2, 3), QP, List.of(1), QR, List.of(),
                                RQ, List.of(4)))),
                assembly.join(ID, Set.of(P, Q, R), all(1)));
        assertEquals(Set.of(P, Q, R), assembly.processes());
        assertEquals(Set.of(P, Q, R), assembly.topology().processes());
    }

    @Test
    void recordingsOfAnotherSnapshotOrNotCompleteAreNotPutTogether() {
        assertThrows(AssertionError.class, () -> assembly.join(ID, Set.of(P), all(2)));
        Site waiting = new Site(R, List.of(QR), List.of());
        waiting.record(1);
        List<Recording<String, Integer>> parts = List.of(
                all(1).get(0), all(1).get(1), waiting.recordings.get(0));
        assertThrows(AssertionError.class, () -> assembly.join(ID, Set.of(P), parts));
        assertThrows(AssertionError.class,
                () -> assembly.join(ID, Set.of(P), all(1).subList(0, 2)));
    }
}
