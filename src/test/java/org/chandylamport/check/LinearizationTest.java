package org.chandylamport.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Topology;
import org.junit.jupiter.api.Test;

/** Who waits for whom, along c -> b -> d -> a. */
class LinearizationTest {

    private static final ProcessId A = new ProcessId("a");
    private static final ProcessId B = new ProcessId("b");
    private static final ProcessId C = new ProcessId("c");
    private static final ProcessId D = new ProcessId("d");
    private static final Channel CB = Channel.between(C, B);
    private static final Channel BD = Channel.between(B, D);
    private static final Channel DA = Channel.between(D, A);
    private static final Topology TOPOLOGY =
            new Topology(Set.of(A, B, C, D), Set.of(CB, BD, DA));
    private static final GlobalState<Integer, String> INITIAL = GlobalState.initial(TOPOLOGY, 0);

    private final List<Event<Integer, String>> passed = new ArrayList<>();
    private final Linearization<Integer, String> order =
            new Linearization<>(TOPOLOGY, INITIAL, passed::add);

    private static Event<Integer, String> send(Channel c) {
        return new Event.Send<>(c, "m", 0, false);
    }

    private static Event<Integer, String> receive(Channel c) {
        return new Event.Receive<>(c, "m", 0);
    }

    @Test
    void aProcessThatWaitsItselfIsNotAwaited() {
        order.add(receive(DA));
        assertEquals(Set.of(D), order.awaited());
        order.add(receive(BD));
        assertEquals(Set.of(B), order.awaited());
        order.add(receive(CB));
        assertEquals(Set.of(C), order.awaited());
        order.add(send(BD));
        order.add(send(DA));
        assertEquals(5, order.pending());
        order.add(send(CB));
        assertEquals(0, order.pending());
        assertEquals(Set.of(), order.awaited());
        assertEquals(
                List.of(send(CB), receive(CB), send(BD), receive(BD), send(DA), receive(DA)),
                passed);
    }

    @Test
    void aProcessThatNoLongerWaitsIsAwaitedAgain() {
        order.add(receive(BD));
        order.add(receive(CB));
        order.add(send(CB));
        assertEquals(Set.of(B), order.awaited());
    }

    @Test
    void whatAChannelHoldsInitiallyIsInTransit() {
        Linearization<Integer, String> filled = new Linearization<>(TOPOLOGY,
                GlobalState.of(INITIAL.processes(), Map.of(DA, List.of("m", "m"))), passed::add);
        assertEquals(2, filled.inTransitTo(A));
        filled.add(receive(DA));
        assertEquals(1, filled.inTransitTo(A));
    }

    @Test
    void whatIsInTransitIsCountedAtTheReceiver() {
        order.add(send(DA));
        order.add(send(DA));
        order.add(receive(DA));
        assertEquals(1, order.inTransitTo(A));
        assertEquals(0, order.inTransitTo(D));
    }

    @Test
    void aLogThatEndsWhileItWaitsReleasesItsReceiversLater() {
        order.add(receive(BD));
        order.add(receive(CB));
        order.ended(B);
        assertEquals(2, order.pending());
        order.add(send(CB));
        assertEquals(List.of(send(CB), receive(CB), receive(BD)), passed);
        assertThrows(IllegalArgumentException.class, () -> order.add(send(BD)));
    }

    @Test
    void whatLostLogsLackForcesNothingElse() {
        Audit<Integer, String> audit = new Audit<>(TOPOLOGY, INITIAL, Set.of(B, C));
        audit.event(receive(DA));
        audit.event(receive(BD));
        audit.event(send(DA));
        audit.event(receive(CB));
        assertEquals(List.of(), audit.finish().trace());
    }
}
