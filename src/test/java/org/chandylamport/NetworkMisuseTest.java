package org.chandylamport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
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
    void anObserverMustNotCloseItsNetwork() {
        AtomicReference<Network<Integer, Integer>> network = new AtomicReference<>();
        network.set(bank().trace(event -> network.get().close()).start());
        network.get().execute(P, (balance, outbox) -> balance).join();
        Until.holds(() -> network.get().failure().isPresent());
        assertTrue(network.get().failure().get().getMessage().contains("nor an observer"));
        network.get().close();
    }
}
