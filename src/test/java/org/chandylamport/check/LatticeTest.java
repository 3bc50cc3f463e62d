package org.chandylamport.check;

import static org.chandylamport.check.Story.INITIAL;
import static org.chandylamport.check.Story.P;
import static org.chandylamport.check.Story.PQ;
import static org.chandylamport.check.Story.Q;
import static org.chandylamport.check.Story.QP;
import static org.chandylamport.check.Story.TOPOLOGY;
import static org.chandylamport.check.Story.audit;
import static org.chandylamport.check.Story.whole;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Computation;
import org.chandylamport.model.Event;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Topology;
import org.junit.jupiter.api.Test;

/** The lattice of computations whose cuts can be counted by hand. */
class LatticeTest {

    private static Lattice<String, String> lattice(Story story) {
        return new Lattice<>(story.computation(), 1000);
    }

    @Test
    void nothingHappeningLeavesOneState() {
        assertEquals(List.of(INITIAL), lattice(audit()).states());
    }

    @Test
    void independentEventsCommute() {
        Lattice<String, String> lattice =
                lattice(audit().internal(P, "p1").internal(P, "p2").internal(Q, "q1"));
        assertEquals(6, lattice.cuts());
        assertTrue(lattice.isComplete());
    }

    @Test
    void aMessageIsNotReceivedBeforeItIsSent() {
        Lattice<String, String> lattice =
                lattice(audit().send(PQ, "m1", "p1").receive(PQ, "m1", "q1"));
        assertEquals(3, lattice.cuts());
        assertEquals(Optional.empty(),
                lattice.find(whole("p0", "q1", List.of(), List.of()).state()));
    }

    @Test
    void aStateThatOccurredAtNoMomentIsReachableAllTheSame() {
        Lattice<String, String> lattice = lattice(audit()
                .send(PQ, "m1", "p1").send(QP, "m2", "q1")
                .receive(PQ, "m1", "q2").receive(QP, "m2", "p2"));
        assertEquals(Optional.of(Map.of(P, 0L, Q, 1L)),
                lattice.find(whole("p0", "q1", List.of(), List.of("m2")).state()));
        assertEquals(Optional.empty(),
                lattice.find(whole("p0", "q1", List.of(), List.of()).state()));
    }

    @Test
    void noCutFallsInsideAStep() {
        Lattice<String, String> lattice = lattice(audit()
                .internal(P, "p1").sendInSameStep(PQ, "m1", "p1").sendInSameStep(PQ, "m2", "p1"));
        assertEquals(2, lattice.cuts());
        assertEquals(Optional.of(Map.of(P, 3L, Q, 0L)),
                lattice.find(whole("p1", "q0", List.of("m1", "m2"), List.of()).state()));
    }

    @Test
    void whatIsNoComputationOfTheTopologyIsRefused() {
        ProcessId r = new ProcessId("r");
        Topology larger = Topology.complete(P, Q, r);
        refused("r has no initial state", larger, List.of());
        refused("there is no process r", TOPOLOGY,
                List.of(new Event.Internal<>(r, "r1")));
        refused("there is no channel p->r", TOPOLOGY,
                List.of(new Event.Send<>(Channel.between(P, r), "m1", "p1", false)));
    }

    private static void refused(
            String why, Topology topology, List<Event<String, String>> events) {
        Computation<String, String> computation =
                new Computation<>(topology, INITIAL, ImmutableList.copyOf(events));
        var e = assertThrows(IllegalArgumentException.class, () -> new Lattice<>(computation, 9));
        assertEquals(why, e.getMessage());
    }

    @Test
    void itStopsAtTheLimit() {
        Story story = audit().internal(P, "p1").internal(Q, "q1");
        Lattice<String, String> stopped = new Lattice<>(story.computation(), 3);
        assertEquals(3, stopped.cuts());
        assertFalse(stopped.isComplete());
        assertTrue(new Lattice<>(story.computation(), 4).isComplete());
        assertThrows(IllegalArgumentException.class,
                () -> new Lattice<>(story.computation(), 0));
    }
}
