package org.chandylamport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.chandylamport.runtime.Awaiting;
import org.chandylamport.runtime.PendingSnapshot;
import org.junit.jupiter.api.Test;

class NetworkTest {

    private static final ProcessId P = new ProcessId("p");
    private static final ProcessId Q = new ProcessId("q");
    private static final ProcessId R = new ProcessId("r");
    private static final Topology COMPLETE = Topology.complete(P, Q, R);
    private static final Behavior<Integer, Integer> BANK =
            (balance, channel, amount, outbox) -> balance + amount;

    private static Network<Integer, Integer> bank(Topology topology) {
        return Network.start(topology, BANK, GlobalState.initial(topology, 100));
    }

    private static Behavior.Step<Integer, Integer> pay(ProcessId to, int amount) {
        return (balance, outbox) -> {
            outbox.send(to, amount);
            return balance - amount;
        };
    }

    private static int total(Snapshot<Integer, Integer> snapshot) {
        return snapshot.state().processes().values().stream().mapToInt(i -> i).sum()
                + snapshot.state().channels().values().stream()
                        .flatMap(List::stream).mapToInt(i -> i).sum();
    }

    @Test
    void aSnapshotHoldsAllTheMoney() {
        try (var network = bank(COMPLETE)) {
            network.execute(P, pay(Q, 30));
            PendingSnapshot<Integer, Integer> pending = network.snapshot(R);
            network.execute(Q, pay(R, 20));
            assertEquals(300, total(pending.join()));
        }
    }

    @Test
    void aSnapshotNamesTheInitiatorsThatRecordedOnTheirOwn() {
        try (var network = bank(COMPLETE)) {
            Snapshot<Integer, Integer> snapshot = network.snapshot(Q).join();
            assertEquals(ImmutableSortedSet.of(Q), snapshot.initiators());
            assertEquals(new SnapshotId(1), snapshot.id());
        }
    }

    @Test
    void snapshotsAreNumberedFromTheConfiguredOneOn() {
        try (var network = Network.configure(COMPLETE, p -> BANK, GlobalState.initial(COMPLETE, 1))
                .firstSnapshot(new SnapshotId(7)).start()) {
            assertEquals(new SnapshotId(7), network.snapshot(P).join().id());
            assertEquals(new SnapshotId(8), network.snapshot(Q).join().id());
        }
    }

    @Test
    void messagesInChannelsAtTheStartAreReceived() {
        Topology ring = Topology.ring(P, Q);
        GlobalState<Integer, Integer> initial = GlobalState.of(
                Map.of(P, 1, Q, 2), Map.of(ring.outgoing(P).get(0), List.of(10, 20)));
        try (var network = Network.start(ring, BANK, initial)) {
            Until.holds(() -> network.received() >= 2);
            assertEquals(32, network.execute(Q, (balance, outbox) -> balance).join());
        }
    }

    @Test
    void aSnapshotThatCannotReachEveryProcessIsRefusedAndNamesIt() {
        Topology line = new Topology(List.of(P, Q, R),
                List.of(Channel.between(P, Q), Channel.between(R, P)));
        try (var network = bank(line)) {
            var e = assertThrows(IllegalArgumentException.class, () -> network.snapshot(P));
            assertTrue(e.getMessage().contains("[r]"), e.getMessage());
            assertEquals(300, total(network.snapshot(P, R).join()));
            assertThrows(IllegalArgumentException.class, network::snapshot);
        }
    }

    @Test
    void awaitingNamesTheProcessThatHasNotRecordedAndTheChannelsWhoseMarkerIsAwaited()
            throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (var network = Network.configure(
                COMPLETE, p -> BANK, GlobalState.initial(COMPLETE, 100)).workers(3).start()) {
            network.execute(R, (balance, outbox) -> {
                busy.countDown();
                awaitQuietly(release);
                return balance;
            });
            busy.await();
            PendingSnapshot<Integer, Integer> pending = network.snapshot(P);
            var fromR = ImmutableSortedSet.of(Channel.between(R, P), Channel.between(R, Q));
            Until.holds(() -> pending.awaiting().markers().keySet().equals(fromR));
            assertEquals(Set.of(R), pending.awaiting().notRecorded().keySet());
            assertFalse(pending.future().isDone());
            release.countDown();
            pending.join();
            assertEquals(Awaiting.NOTHING, pending.awaiting());
        }
    }

    @Test
    void aProcessThatIsInAStepRecordsAfterIt() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (var network = Network.configure(
                COMPLETE, p -> BANK, GlobalState.initial(COMPLETE, 100)).workers(3).start()) {
            network.execute(R, (balance, outbox) -> {
                busy.countDown();
                awaitQuietly(release);
                outbox.send(P, 1);
                return balance - 1;
            });
            busy.await();
            PendingSnapshot<Integer, Integer> pending = network.snapshot(R);
            boolean awaited = pending.awaiting().notRecorded().containsKey(R);
            release.countDown();
            assertTrue(awaited);
            assertEquals(99, pending.join().state().processes().get(R));
        }
    }

    @Test
    void stepsThatWaitHoldNoOtherProcessUp() throws Exception {
        ProcessId s = new ProcessId("s");
        Topology star = new Topology(List.of(P, Q, R, s),
                List.of(Channel.between(P, Q), Channel.between(P, R), Channel.between(P, s)));
        AtomicReference<CountDownLatch> received = new AtomicReference<>();
        Behavior<Integer, Integer> first = (state, channel, message, outbox) -> {
            awaitQuietly(received.get());
            return state;
        };
        Behavior<Integer, Integer> others = (state, channel, message, outbox) -> {
            received.get().countDown();
            return state;
        };
        try (var network = Network.configure(star, p -> p.equals(Q) ? first : others,
                GlobalState.initial(star, 0)).workers(2).start()) {
            for (int i = 0; i < 2; i++) {
                received.set(new CountDownLatch(2));
                network.execute(P, (state, outbox) -> {
                    List.of(Q, R, s).forEach(to -> outbox.send(to, 1));
                    return state;
                });
                received.get().await();
            }
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anAbandonedSnapshotFailsAndLaterOnesWork() {
        try (var network = bank(COMPLETE)) {
            Runnable resume = network.suspend(R).join();
            PendingSnapshot<Integer, Integer> pending = network.snapshot(P);
            assertTrue(network.abandon(pending.id()));
            assertFalse(network.abandon(pending.id()));
            resume.run();
            var e = assertThrows(CompletionException.class, pending::join);
            assertTrue(e.getMessage().contains("snapshot 1 is abandoned"), e.getMessage());
            assertTrue(pending.awaiting().notRecorded().containsKey(R),
                    "who held it is still known");
            assertEquals(300, total(network.snapshot(Q).join()));
        }
    }

    @Test
    void aBehaviorThatThrowsFailsOpenSnapshotsWithTheProcessAndTheCause() {
        Behavior<Integer, Integer> fragile = (state, channel, message, outbox) -> {
            throw new IllegalArgumentException("cannot take " + message);
        };
        CountDownLatch release = new CountDownLatch(1);
        try (var network = Network.configure(
                COMPLETE, p -> fragile, GlobalState.initial(COMPLETE, 0)).workers(3).start()) {
            network.execute(R, (state, outbox) -> {
                awaitQuietly(release);
                return state;
            });
            var pending = network.snapshot(P);
            network.execute(P, (state, outbox) -> {
                outbox.send(Q, 5);
                return state;
            });
            Until.holds(() -> network.failure().isPresent());
            release.countDown();
            var e = assertThrows(CompletionException.class, pending::join);
            assertTrue(e.getMessage().contains("process q failed"), e.getMessage());
            assertTrue(e.getMessage().contains("cannot take 5"), e.getMessage());
            assertThrows(IllegalStateException.class, () -> network.snapshot(P));
        }
    }

    @Test
    void aStepFromOutsideThatThrowsHasNoEffectAndTheNetworkGoesOn() {
        try (var network = bank(COMPLETE)) {
            var failed = network.execute(P, (balance, outbox) -> {
                outbox.send(Q, 5);
                throw new IllegalArgumentException("no");
            });
            var e = assertThrows(CompletionException.class, failed::join);
            assertInstanceOf(IllegalArgumentException.class, e.getCause());
            Snapshot<Integer, Integer> snapshot = network.snapshot(P).join();
            assertEquals(GlobalState.initial(COMPLETE, 100), snapshot.state());
        }
    }

    @SuppressWarnings("try") // It closes twice on purpose.
    @Test
    void waitingAndClosingInsideABehaviorAreRefused() {
        try (var network = bank(COMPLETE)) {
            PendingSnapshot<Integer, Integer> pending = network.snapshot(P);
            pending.join();
            var join = network.execute(P, (balance, outbox) -> {
                pending.join();
                return balance;
            });
            var close = network.execute(P, (balance, outbox) -> {
                network.close();
                return balance;
            });
            for (var refused : List.of(join, close)) {
                var e = assertThrows(CompletionException.class, refused::join);
                assertInstanceOf(IllegalStateException.class, e.getCause());
                assertTrue(e.getMessage().contains("a behavior must not"), e.getMessage());
            }
        }
    }

    @SuppressWarnings("try") // It closes twice on purpose.
    @Test
    void closingTwiceIsFineAndFailsWhatIsOpenAndWhatComesLater() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        var network = bank(COMPLETE);
        network.execute(R, (balance, outbox) -> {
            busy.countDown();
            awaitQuietly(release);
            return balance;
        });
        busy.await();
        var pending = network.snapshot(P);
        var queued = network.execute(R, (balance, outbox) -> balance);
        Thread closer = new Thread(network::close);
        closer.start();
        Until.holds(() -> network.failure().isPresent());
        release.countDown();
        closer.join();
        network.close();
        assertThrows(CompletionException.class, pending::join);
        assertTrue(queued.handle((balance, reason) -> true).join(), "run or refused, not lost");
        assertThrows(CompletionException.class,
                () -> network.execute(P, (balance, outbox) -> balance).join());
        assertThrows(IllegalStateException.class, () -> network.snapshot(P));
    }

    @Test
    void futuresAreNeverCompletedByAWorker() {
        AtomicReference<Thread> completer = new AtomicReference<>();
        try (var network = bank(COMPLETE)) {
            Runnable resume = network.suspend(Q).join();
            var accepted = network.snapshot(P).future()
                    .thenAccept(s -> completer.set(Thread.currentThread()));
            resume.run();
            accepted.join();
            assertFalse(completer.get().getName().contains("worker-0"), completer.toString());
            assertFalse(completer.get().getName().startsWith("chandy-lamport-"),
                    completer.toString());
        }
    }

    @SuppressWarnings("try") // It closes, and then looks.
    @Test
    void everyEventIsObservedBeforeCloseReturns() {
        List<Event<Integer, Integer>> events = new ArrayList<>();
        var network = Network.configure(COMPLETE, p -> BANK, GlobalState.initial(COMPLETE, 100))
                .trace(events::add).start();
        network.execute(P, pay(Q, 30)).join();
        Until.holds(() -> network.received() >= 1);
        network.snapshot(P).join();
        network.close();
        assertEquals(1, events.stream().filter(Event.Receive.class::isInstance).count());
        assertEquals(3, events.stream().filter(Event.RecordState.class::isInstance).count());
        assertEquals(6, events.stream().filter(Event.ReceiveMarker.class::isInstance).count());
        assertEquals(new Event.Internal<>(P, 70), events.stream()
                .filter(event -> event.process().equals(P)).findFirst().orElseThrow());
    }

    @Test
    void anObserverThatThrowsStopsTheNetwork() {
        var network = Network.configure(COMPLETE, p -> BANK, GlobalState.initial(COMPLETE, 0))
                .trace(event -> {
                    throw new IllegalArgumentException("disk full");
                }).start();
        network.execute(P, pay(Q, 1));
        Until.holds(() -> network.failure().isPresent());
        assertTrue(network.failure().get().getMessage().contains("disk full"));
        assertThrows(IllegalStateException.class, network::close);
    }
}
