package org.chandylamport.protocol;

import static org.chandylamport.protocol.ChandyLamportTest.PQ;
import static org.chandylamport.protocol.ChandyLamportTest.Q;
import static org.chandylamport.protocol.ChandyLamportTest.QP;
import static org.chandylamport.protocol.ChandyLamportTest.QR;
import static org.chandylamport.protocol.ChandyLamportTest.R;
import static org.chandylamport.protocol.ChandyLamportTest.RQ;
import static org.chandylamport.protocol.ChandyLamportTest.marker;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event;
import org.chandylamport.model.Marker;
import org.chandylamport.model.Outbox;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps of a behavior, and its outbox. */
class SuperpositionTest {

    private static final Channel QR2 = new Channel("q->r#2", Q, R);

    private final Site q = new Site(Q, List.of(PQ, RQ), List.of(QP, QR, QR2));

    private Superposition<String, Integer> with(Behavior<String, Integer> behavior) {
        return new Superposition<>(Q, q.core, behavior, q.ends);
    }

    @Test
    void aStepReceivesThenSendsAndEachEventHasTheStateAfterIt() {
        with((state, c, m, outbox) -> {
            outbox.send(QP.to(), m + 1);
            outbox.send(QR2, m + 2);
            return "after";
        }).receive(q.in(PQ), 1);
        assertEquals(List.of(
                new Event.Receive<>(PQ, 1, "after"),
                new Event.Send<>(QP, 2, "after", true),
                new Event.Send<>(QR2, 3, "after", true)), q.events);
        assertEquals(List.of(List.of(QP, 2), List.of(QR2, 3)), q.sent);
    }

    @Test
    void aMarkerGoesToTheCoreAndTheBehaviorNeverSeesIt() {
        with((state, c, m, outbox) -> {
            throw new AssertionError(m);
        }).receive(q.in(PQ), marker(1));
        assertEquals("initial", q.recordings.get(0).state());
        assertEquals(3, q.sent.size());
    }

    @Test
    void aStepThatThrowsHasNoEffect() {
        List<Outbox<Integer>> kept = new ArrayList<>();
        Superposition<String, Integer> superposition = with((state, c, m, outbox) -> {
            kept.add(outbox);
            outbox.send(m == 0 ? QP : QR, 1);
            if (m == 0) {
                throw new ArithmeticException("by zero");
            }
            return "fine";
        });
        assertThrows(ArithmeticException.class, () -> superposition.receive(q.in(PQ), 0));
        assertTrue(q.events.isEmpty());
        assertTrue(q.sent.isEmpty());
        assertEquals("initial", q.core.state());
        superposition.receive(q.in(PQ), 2);
        assertEquals(List.of(List.of(QR, 1)), q.sent, "without what the failed step left");
    }

    @Test
    void theOutboxIsClosedAfterAStep() {
        List<Outbox<Integer>> kept = new ArrayList<>();
        Superposition<String, Integer> superposition = with((state, c, m, outbox) -> {
            kept.add(outbox);
            return state;
        });
        superposition.receive(q.in(PQ), 1);
        assertNames(assertThrows(IllegalStateException.class, () -> kept.get(0).send(QP, 1)),
                "outbox of q", "outside its step");
    }

    @Test
    void theOutboxIsClosedAfterAStepThatThrew() {
        List<Outbox<Integer>> kept = new ArrayList<>();
        Superposition<String, Integer> superposition = with((state, c, m, outbox) -> {
            kept.add(outbox);
            throw new ArithmeticException("by zero");
        });
        assertThrows(ArithmeticException.class, () -> superposition.receive(q.in(PQ), 0));
        assertThrows(IllegalStateException.class, () -> kept.get(0).send(QP, 1));
    }

    @Test
    void theOutboxIsClosedAfterAnInternalStep() {
        List<Outbox<Integer>> kept = new ArrayList<>();
        with((state, c, m, outbox) -> state).internal((state, outbox) -> {
            kept.add(outbox);
            return state;
        });
        assertThrows(IllegalStateException.class, () -> kept.get(0).send(QP, 1));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // So that the compiler lets it pass.
    @Test
    void aMarkerIsNoMessage() {
        assertNames(assertThrows(IllegalArgumentException.class, () -> with(
                (state, c, m, outbox) -> {
                    ((Outbox) outbox).send(QP, marker(1));
                    return state;
                }).receive(q.in(PQ), 1)), "q sends a marker as a message");
        assertTrue(q.sent.isEmpty());
    }

    @Test
    void aMessageIsNotKeptAfterItsStep() {
        ChandyLamport<String, Object> core =
                new ChandyLamport<>(Q, "initial", List.of(), List.of(), new Unheeding());
        Superposition<String, Object> superposition = new Superposition<>(
                Q, core, (state, c, m, outbox) -> state, List.of(new Nowhere()));
        List<WeakReference<Object>> sent = new ArrayList<>();
        superposition.internal((state, outbox) -> {
            Object message = new Object();
            sent.add(new WeakReference<>(message));
            outbox.send(QP, message);
            return state;
        });
        assertGone(sent.get(0));
        assertFalse(superposition.hasInternal(), "still reachable");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRecordedMessageIsNotKeptAfterItsSnapshot(boolean abandoned) {
        ChandyLamport<String, Object> core =
                new ChandyLamport<>(Q, "initial", List.of(PQ, RQ), List.of(), new Unheeding());
        Incoming<Object> pq = core.incoming().get(0);
        core.recordState(new SnapshotId(1));
        core.recordState(new SnapshotId(2));
        WeakReference<Object> recorded = receives(core, pq);
        for (int s = 1; s <= 2; s++) {
            if (abandoned) {
                core.abandon(new SnapshotId(s));
            } else {
                core.receiveMarker(pq, marker(s));
                core.receiveMarker(core.incoming().get(1), marker(s));
            }
        }
        assertGone(recorded);
        assertEquals("after", core.state(), "still reachable");
    }

    private static WeakReference<Object> receives(
            ChandyLamport<String, Object> core, Incoming<Object> c) {
        Object message = new Object();
        core.receive(c, message, "after");
        return new WeakReference<>(message);
    }

    private static void assertGone(WeakReference<?> reference) {
        assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            while (reference.get() != null) {
                System.gc();
                Thread.yield();
            }
        });
    }

    /** Takes what is reported, and keeps nothing. */
    private static final class Unheeding implements Effects<String, Object> {

        @Override
        public void recording(Recording<String, Object> recording) {}

        @Override
        public void complete(Recording<String, Object> recording) {}

        @Override
        public @Nullable Consumer<Event<String, Object>> log() {
            return null;
        }
    }

    /** A channel that keeps nothing. */
    private static final class Nowhere implements Outgoing<Object> {

        @Override
        public Channel channel() {
            return QP;
        }

        @Override
        public void send(Object message) {}

        @Override
        public void sendMarker(Marker marker) {}
    }

    @Test
    void theOutboxNamesTheChannelsToChooseFrom() {
        Superposition<String, Integer> superposition = with((state, c, m, outbox) -> {
            outbox.send(R, 1);
            return state;
        });
        assertEquals("several channels lead from q to r, choose one: [q->r, q->r#2]",
                assertThrows(IllegalArgumentException.class,
                        () -> superposition.receive(q.in(PQ), 1)).getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8, 9, 20})
    void theOutboxFindsItsChannelAmongFewAndAmongMany(int neighbours) {
        List<Channel> outgoing = IntStream.range(0, neighbours)
                .mapToObj(i -> Channel.between(Q, new ProcessId("n" + i))).toList();
        Site hub = new Site(Q, List.of(PQ), outgoing);
        List<Object> expected = new ArrayList<>();
        new Superposition<>(Q, hub.core, (state, c, m, outbox) -> state, hub.ends).internal(
                (state, outbox) -> {
                    outgoing.forEach(c -> {
                        outbox.send(c, 1);
                        outbox.send(Channel.between(c.from(), c.to()), 2); // Equal, not the same.
                        outbox.send(c.to(), 3);
                        List.of(1, 2, 3).forEach(m -> expected.add(List.of(c, m)));
                    });
                    assertThrows(IllegalArgumentException.class, () -> outbox.send(PQ, 4));
                    assertThrows(IllegalArgumentException.class, () -> outbox.send(Q, 4));
                    return state;
                });
        assertEquals(expected, hub.sent);
    }

    @Test
    void amongManyChannelsTheOutboxNamesThoseToChooseFrom() {
        List<Channel> outgoing = IntStream.range(0, 20).mapToObj(i -> new Channel(
                "c" + i, Q, new ProcessId("n" + i / 2))).toList();
        Site hub = new Site(Q, List.of(PQ), outgoing);
        Superposition<String, Integer> superposition =
                new Superposition<>(Q, hub.core, (state, c, m, outbox) -> state, hub.ends);
        assertEquals("several channels lead from q to n4, choose one: [c8, c9]",
                assertThrows(IllegalArgumentException.class,
                        () -> superposition.internal((state, outbox) -> {
                            outbox.send(new ProcessId("n4"), 1);
                            return state;
                        })).getMessage());
    }

    @Test
    void theOutboxRefusesWhereNoChannelLeads() {
        ProcessId stranger = new ProcessId("stranger");
        assertNames(assertThrows(IllegalArgumentException.class, () -> with(
                (state, c, m, outbox) -> {
                    outbox.send(stranger, 1);
                    return state;
                }).receive(q.in(PQ), 1)), "no channel", "q", "stranger");
        assertNames(assertThrows(IllegalArgumentException.class, () -> with(
                (state, c, m, outbox) -> {
                    outbox.send(PQ, 1);
                    return state;
                }).receive(q.in(PQ), 1)), "p->q", "does not lead away from q");
    }

    @Test
    void aStepWithoutAStateOrAMessageIsRefused() {
        assertThrows(NullPointerException.class, () -> with((state, c, m, outbox) -> null)
                .receive(q.in(PQ), 1));
        assertThrows(NullPointerException.class, () -> with((state, c, m, outbox) -> {
            outbox.send(QP, null);
            return state;
        }).receive(q.in(PQ), 1));
        assertTrue(q.events.isEmpty());
    }

    @Test
    void internalStepsAreTakenWhileTheBehaviorHasWork() {
        Superposition<String, Integer> superposition = with(new Behavior<>() {
            @Override
            public String receive(String state, Channel c, Integer m, Outbox<Integer> outbox) {
                return state;
            }

            @Override
            public boolean hasInternal(String state) {
                return state.equals("initial");
            }

            @Override
            public String internal(String state, Outbox<Integer> outbox) {
                outbox.send(QP, 8);
                return "done";
            }
        });
        assertTrue(superposition.hasInternal());
        superposition.internal();
        assertFalse(superposition.hasInternal());
        assertEquals(List.of(new Event.Internal<>(Q, "done"),
                new Event.Send<>(QP, 8, "done", true)), q.events);
    }

    @Test
    void aStepCanBeGivenFromOutside() {
        with((state, c, m, outbox) -> state).internal((state, outbox) -> {
            outbox.send(QP, 4);
            return state + "!";
        });
        assertEquals("initial!", q.core.state());
        assertEquals(List.of(List.of(QP, 4)), q.sent);
    }

    private static void assertNames(Exception e, String... parts) {
        for (String part : parts) {
            assertTrue(String.valueOf(e.getMessage()).contains(part), e.getMessage());
        }
    }
}
