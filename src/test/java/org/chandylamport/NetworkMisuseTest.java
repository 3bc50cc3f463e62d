package org.chandylamport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.Event;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.junit.jupiter.api.Test;

/** Whatever a user hands in that is missing, throws or does not work: nothing hangs. */
class NetworkMisuseTest {

    private static final ProcessId P = new ProcessId("p");
    private static final ProcessId Q = new ProcessId("q");
    private static final ProcessId R = new ProcessId("r");
    private static final Topology COMPLETE = Topology.complete(P, Q, R);
    private static final Behavior<Integer, Integer> BANK =
            (balance, channel, amount, outbox) -> balance + amount;

    private static Configuration<Integer, Integer> bank() {
        return Network.configure(COMPLETE, p -> BANK, GlobalState.initial(COMPLETE, 100));
    }

    @Test
    void aMissingBehaviorOrStateIsRefusedByName() {
        var one = Map.of(P, BANK, Q, BANK);
        var e = assertThrows(IllegalArgumentException.class,
                () -> Network.start(COMPLETE, one, GlobalState.initial(COMPLETE, 0)));
        assertTrue(e.getMessage().contains("process r has no behavior"), e.getMessage());
        var n = assertThrows(NullPointerException.class, () -> Network.configure(
                COMPLETE, one::get, GlobalState.initial(COMPLETE, 0)).start());
        assertTrue(n.getMessage().contains("process r has no behavior"), n.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Network.start(
                COMPLETE, BANK, GlobalState.initial(Topology.ring(P, Q), 0)));
        Topology ring = Topology.ring(P, Q, R);
        var c = assertThrows(IllegalArgumentException.class,
                () -> Network.start(ring, BANK, GlobalState.initial(COMPLETE, 0)));
        assertTrue(c.getMessage().contains("has channel p->r, the topology has not"),
                c.getMessage());
        try (var network = bank().start()) {
            assertThrows(NullPointerException.class, () -> network.execute(P, null));
        }
    }

    @SuppressWarnings("try") // It closes, and then looks.
    @Test
    void anExecutorThatRejectsLeavesNothingOpen() {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        var network = bank().executor(executor).start();
        executor.shutdown();
        assertEquals(100, network.execute(P, (balance, outbox) -> balance).join());
        assertEquals(GlobalState.initial(COMPLETE, 100), network.snapshot(P).join().state());
        assertTrue(network.failure().isEmpty());
        network.close();
        assertThrows(CompletionException.class,
                () -> network.execute(P, (balance, outbox) -> balance).join());
    }

    @Test
    void whateverAStepThrowsItsFutureFails() {
        try (var network = bank().start()) {
            var failed = network.execute(P, (balance, outbox) -> {
                throw sneaky(new java.io.IOException("checked"));
            });
            var e = assertThrows(CompletionException.class, failed::join);
            assertInstanceOf(java.io.IOException.class, e.getCause());
            assertTrue(network.failure().isEmpty(), "the network goes on");
        }
    }

    @SuppressWarnings("unchecked") // So that a checked exception gets past the compiler.
    private static <T extends Throwable> RuntimeException sneaky(Throwable t) throws T {
        throw (T) t;
    }

    @Test
    void aSnapshotThatIsNotOpenHasNoMoreInitiators() {
        Queue<Event<Integer, Integer>> observed = new ConcurrentLinkedQueue<>();
        try (var network = bank().trace(observed::add).start()) {
            network.initiate(new SnapshotId(7), P);
            network.execute(P, (balance, outbox) -> balance).join();
        }
        assertEquals(List.of(new Event.Internal<>(P, 100)), List.copyOf(observed));
    }

    /** Closes a network, and sees it wait when these threads have ended, until it may go on. */
    private static void assertCloseWaits(
            Network<?, ?> network, List<Thread> ended, CountDownLatch goOn) {
        Thread closer = new Thread(network::close);
        try {
            closer.start();
            ended.forEach(Uninterruptibles::joinUninterruptibly);
            while (closer.getState() != Thread.State.WAITING) {
                assertTrue(closer.isAlive(), "it is closed");
                Thread.yield();
            }
        } finally {
            goOn.countDown();
        }
        Uninterruptibles.joinUninterruptibly(closer);
    }

    private static List<Thread> threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("chandy-lamport-" + name))
                .toList();
    }

    @Test
    void whoClosesWaitsForStepsThatAreTaken() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (var network = bank().start()) {
            List<Thread> workers = threads("worker");
            network.execute(P, (balance, outbox) -> {
                begun.countDown();
                Uninterruptibles.awaitUninterruptibly(goOn);
                return balance;
            });
            Uninterruptibles.awaitUninterruptibly(begun);
            assertCloseWaits(network, List.of(), goOn);
            assertTrue(workers.stream().noneMatch(Thread::isAlive));
        }
    }

    @Test
    void whoClosesWaitsForTheObserver() {
        CountDownLatch goOn = new CountDownLatch(1);
        Queue<Event<Integer, Integer>> observed = new ConcurrentLinkedQueue<>();
        try (var network = bank().trace(event -> {
            Uninterruptibles.awaitUninterruptibly(goOn);
            observed.add(event);
        }).start()) {
            network.execute(P, (balance, outbox) -> balance + 1).join();
            assertCloseWaits(network, threads("worker"), goOn);
            assertEquals(List.of(new Event.Internal<>(P, 101)), List.copyOf(observed));
        }
    }

    @Test
    void aNetworkThatFailsEndsItsThreads() {
        try (var network = bank().trace(event -> {}).start()) {
            List<Thread> threads = new ArrayList<>(threads("worker"));
            threads.addAll(threads("observer"));
            assertTrue(threads.size() > 1);
            network.execute(P, (balance, outbox) -> {
                throw new AssertionError("broken");
            });
            threads.forEach(Uninterruptibles::joinUninterruptibly);
            assertTrue(network.failure().isPresent());
        }
    }

    /** Threads inherit it, and those of a test have it. */
    @Test
    void aNetworkThatIsNotClosedLetsItsProgramEnd() throws Exception {
        FutureTask<Network<Integer, Integer>> started =
                new FutureTask<>(() -> bank().trace(event -> {}).start());
        Thread user = new Thread(started);
        user.setDaemon(false);
        user.start();
        try (var network = started.get()) {
            for (String name : List.of("worker", "observer")) {
                List<Thread> threads = threads(name);
                assertFalse(threads.isEmpty(), name);
                assertTrue(threads.stream().allMatch(Thread::isDaemon), name);
            }
            assertTrue(network.failure().isEmpty());
        }
    }

    @Test
    void anObserverMustNotCloseItsNetwork() {
        AtomicReference<Network<Integer, Integer>> network = new AtomicReference<>();
        network.set(bank().trace(event -> network.get().close()).start());
        network.get().execute(P, (balance, outbox) -> balance).join();
        Until.holds(() -> network.get().failure().isPresent());
        assertTrue(network.get().failure().get().getMessage().contains("nor an observer"));
        assertThrows(IllegalStateException.class, network.get()::close);
    }

    @Test
    void anObserverThatThrowsWhileItsNetworkClosesMakesTheCloserFail() {
        CountDownLatch closing = new CountDownLatch(1);
        Network<Integer, Integer> network = bank().trace(event -> {
            Uninterruptibles.awaitUninterruptibly(closing);
            throw new IllegalArgumentException("disk full");
        }).start();
        network.execute(P, (balance, outbox) -> balance).join(); // An event, whatever comes later.
        network.suspend(Q).join();
        var open = network.snapshot(P).future().whenComplete((s, e) -> closing.countDown());
        for (int time = 1; time <= 2; time++) {
            var thrown = assertThrows(IllegalStateException.class, network::close);
            assertTrue(thrown.getMessage().contains("disk full"), thrown::toString);
        }
        var reason = assertThrows(CompletionException.class, open::join).getCause();
        assertTrue(reason.getMessage().contains("closed"), reason::toString);
    }
}
