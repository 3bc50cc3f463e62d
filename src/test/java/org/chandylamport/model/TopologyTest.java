package org.chandylamport.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TopologyTest {

    private static final ProcessId P = new ProcessId("p");
    private static final ProcessId Q = new ProcessId("q");
    private static final ProcessId R = new ProcessId("r");

    private static ProcessId[] processes(int count) {
        return IntStream.range(0, count).mapToObj(i -> new ProcessId("p" + i))
                .toArray(ProcessId[]::new);
    }

    @Property
    void everyGeneratedGraphIsStronglyConnected(
            @ForAll @IntRange(min = 1, max = 30) int count, @ForAll long seed) {
        ProcessId[] processes = processes(count);
        Stream.of(Topology.ring(processes), Topology.complete(processes),
                        Topology.star(processes), Topology.grid(3, processes),
                        Topology.random(seed, processes))
                .forEach(topology -> topology.processes().forEach(p -> assertEquals(
                        ImmutableSortedSet.of(),
                        topology.unreachableFrom(ImmutableSortedSet.of(p)), topology::toString)));
    }

    @Property
    void aSeedGivesOneRandomGraph(@ForAll @IntRange(min = 1, max = 9) int n, @ForAll long seed) {
        Topology topology = Topology.random(seed, processes(n));
        assertEquals(topology, Topology.random(seed, processes(n)));
        assertEquals(topology.hashCode(), Topology.random(seed, processes(n)).hashCode());
        assertEquals(2 * n, topology.channels().size());
    }

    @Test
    void theFamiliesHaveTheChannelsOfTheirName() {
        assertEquals(4, Topology.ring(processes(4)).channels().size());
        assertEquals(12, Topology.complete(processes(4)).channels().size());
        assertEquals(6, Topology.star(processes(4)).channels().size());
        assertEquals(2 * (7 + 2), Topology.grid(3, processes(8)).channels().size() - 2);
        assertEquals("[p->p]", Topology.ring(P).channels().toString());
    }

    @Test
    void incomingAndOutgoingAreTheChannelsAtEachEndInOrder() {
        Channel second = new Channel("p->q#2", P, Q);
        Topology topology = new Topology(List.of(P, Q, R), List.of(
                second, Channel.between(P, Q), Channel.between(Q, Q), Channel.between(R, Q)));
        assertEquals("[p->q, p->q#2, q->q, r->q]", topology.incoming(Q).toString());
        assertEquals("[p->q, p->q#2]", topology.outgoing(P).toString());
        assertEquals(List.of(), topology.incoming(P));
        assertEquals(second, topology.channel("p->q#2"));
        assertNull(topology.channel("q->p"));
    }

    @Test
    void unreachableProcessesAreNamed() {
        Topology line = new Topology(List.of(P, Q, R),
                List.of(Channel.between(P, Q), Channel.between(R, Q)));
        assertEquals(ImmutableSortedSet.of(R), line.unreachableFrom(ImmutableSortedSet.of(P)));
        assertEquals(ImmutableSortedSet.of(), line.unreachableFrom(ImmutableSortedSet.of(P, R)));
        assertEquals(ImmutableSortedSet.of(P, R), line.unreachableFrom(ImmutableSortedSet.of(Q)));
        Topology inwards = new Topology(List.of(P, Q, R),
                List.of(Channel.between(Q, P), Channel.between(R, P)));
        assertEquals(
                ImmutableSortedSet.of(Q, R), inwards.unreachableFrom(ImmutableSortedSet.of(P)));
        Topology outwards = new Topology(List.of(P, Q, R),
                List.of(Channel.between(P, Q), Channel.between(P, R)));
        assertEquals(
                ImmutableSortedSet.of(P, R), outwards.unreachableFrom(ImmutableSortedSet.of(Q)));
    }

    @Test
    void nobodyReachesNothing() {
        assertEquals(ImmutableSortedSet.of(P, Q),
                Topology.ring(P, Q).unreachableFrom(ImmutableSortedSet.of()));
    }

    @Test
    void initiatorsAreRequiredToReachAllOthers() {
        Topology line = new Topology(List.of(P, Q, R),
                List.of(Channel.between(P, Q), Channel.between(R, Q)));
        assertEquals(ImmutableSortedSet.of(P, R), line.requireInitiators(R, P, R));
        refused("a snapshot needs an initiator", line::requireInitiators);
        refused("a snapshot initiated by [p] cannot complete: no channels lead from there to [r]",
                () -> line.requireInitiators(P));
    }

    @Test
    void whatDoesNotFitIsRefusedByName() {
        refused("p->q ends at q", () -> new Topology(List.of(P), List.of(Channel.between(P, Q))));
        refused("two channels are named c", () -> new Topology(List.of(P, Q),
                List.of(new Channel("c", P, Q), new Channel("c", Q, P))));
        refused("no process r", () -> Topology.ring(P, Q).incoming(R));
        refused("no process r",
                () -> Topology.ring(P, Q).unreachableFrom(ImmutableSortedSet.of(R)));
        refused("needs a name", () -> new ProcessId(""));
        refused("needs a name", () -> new Channel("", P, Q));
        refused("width", () -> Topology.grid(0, P));
    }

    private static void refused(String because, Runnable attempt) {
        var e = assertThrows(IllegalArgumentException.class, attempt::run);
        assertTrue(e.getMessage().contains(because), e.getMessage());
    }

    @Test
    void topologiesAreEqualWhateverTheOrderInWhichTheyAreGiven() {
        Topology one = new Topology(List.of(P, Q),
                List.of(Channel.between(P, Q), Channel.between(Q, P)));
        assertEquals(Topology.ring(P, Q), one);
        assertNotEquals(Topology.ring(P, Q), Topology.ring(P, Q, R));
        assertNotEquals(one, new Topology(List.of(P, Q), List.of(Channel.between(P, Q))));
    }

    @Test
    void aTopologyAndAChannelSayWhatTheyAre() {
        assertEquals("processes [p, q] channels [p->q, q->p]", Topology.ring(P, Q).toString());
        assertNotEquals(Topology.ring(P, Q).hashCode(), Topology.ring(P, Q, R).hashCode());
        assertEquals("p->q".hashCode(), Channel.between(P, Q).hashCode(), "the name is the hash");
    }

    @Test
    void aSeedGivesTheSameRandomGraphForEver() {
        assertEquals("[p->q, p->q#2, p->q#3, p->r, q->r, r->p]",
                Topology.random(13, P, Q, R).channels().toString());
    }

    @Test
    void aBehaviorOnlyReactsUnlessItSaysOtherwise() {
        Behavior<Integer, Integer> behavior = (state, channel, message, outbox) -> state + message;
        assertFalse(behavior.hasInternal(1));
        assertEquals(1, behavior.internal(1, null));
    }

    @Test
    void aGlobalStateShowsWhatIsInTransit() {
        Topology ring = Topology.ring(P, Q);
        Channel c = Channel.between(P, Q);
        assertEquals(List.copyOf(ring.channels()),
                List.copyOf(GlobalState.initial(ring, 1).channels().keySet()));
        assertEquals("{p=1, q=1}", GlobalState.initial(ring, 1).toString());
        GlobalState<Integer, Integer> state = GlobalState.of(
                Map.of(Q, 2, P, 1), Map.of(c, List.of(5, 7), Channel.between(Q, P), List.of()));
        assertEquals("{p=1, q=2 | p->q=[5, 7]}", state.toString());
        assertEquals(2, state.inTransit());
        assertEquals(List.of(5, 7), state.messages().toList());
    }

    @Test
    void aComputationWithoutTheAlgorithmIsItsUnderlyingEvents() {
        Channel c = Channel.between(P, Q);
        Topology ring = Topology.ring(P, Q);
        Event.Send<Integer, Integer> send = new Event.Send<>(c, 5, 1, false);
        Event.Receive<Integer, Integer> receive = new Event.Receive<>(c, 5, 2);
        var computation = new Computation<>(ring, GlobalState.<Integer, Integer>initial(ring, 1),
                com.google.common.collect.ImmutableList.of(
                        send, new Event.RecordState<>(P, new SnapshotId(1)), receive,
                        new Event.ReceiveMarker<>(c, new SnapshotId(1))));
        assertEquals(List.of(send, receive), computation.underlying());
        assertEquals(P, send.process());
        assertEquals(Q, receive.process());
    }
}
