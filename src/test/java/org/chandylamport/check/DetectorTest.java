package org.chandylamport.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.chandylamport.Network;
import org.chandylamport.app.Diffusing;
import org.chandylamport.app.Locks;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DetectorTest {

    private static final ProcessId P = new ProcessId("p");
    private static final StableProperty<Integer, Integer> POSITIVE = state ->
            state.processes().get(P) > 0 ? Optional.of("it is positive") : Optional.empty();

    private final BlockingQueue<CompletableFuture<Snapshot<Integer, Integer>>> initiated =
            new LinkedBlockingQueue<>();

    private CompletableFuture<Snapshot<Integer, Integer>> initiate() {
        CompletableFuture<Snapshot<Integer, Integer>> future = new CompletableFuture<>();
        initiated.add(future);
        return future;
    }

    private static Snapshot<Integer, Integer> snapshot(int state) {
        return new Snapshot<>(new SnapshotId(1), ImmutableSortedSet.of(P),
                GlobalState.of(Map.of(P, state), Map.of()));
    }

    @Test
    void itInitiatesOneSnapshotAfterAnotherUntilThePropertyHolds() throws Exception {
        Detector<Integer, Integer> detector = Detector.start(POSITIVE, this::initiate);
        for (int i = 0; i < 100; i++) {
            CompletableFuture<Snapshot<Integer, Integer>> next = initiated.take();
            assertTrue(initiated.isEmpty(), "one at a time");
            next.complete(snapshot(0));
        }
        assertFalse(detector.future().isDone());
        Snapshot<Integer, Integer> positive = snapshot(1);
        initiated.take().complete(positive);
        Detector.Detection<Integer, Integer> found = detector.future().join().orElseThrow();
        assertSame(positive, found.snapshot());
        assertEquals("it is positive", found.witness());
        assertTrue(initiated.isEmpty(), "nothing after that");
    }

    @Test
    void aPropertyHoldsWhereItHasAWitness() {
        assertTrue(POSITIVE.holds(snapshot(1).state()));
        assertFalse(POSITIVE.holds(snapshot(0).state()));
    }

    @Test
    void whatIsTrueWhenItIsStoppedIsDetected() throws Exception {
        Detector<Integer, Integer> detector = Detector.start(POSITIVE, this::initiate);
        CompletableFuture<Snapshot<Integer, Integer>> underWay = initiated.take();
        detector.stop();
        underWay.complete(snapshot(0));
        initiated.take().complete(snapshot(1));
        assertTrue(detector.future().join().isPresent());
    }

    @Test
    void whatIsNotTrueWhenItIsStoppedNeedNotBeDetected() throws Exception {
        Detector<Integer, Integer> detector = Detector.start(POSITIVE, this::initiate);
        CompletableFuture<Snapshot<Integer, Integer>> underWay = initiated.take();
        detector.stop();
        underWay.complete(snapshot(0));
        initiated.take().complete(snapshot(0));
        assertEquals(Optional.empty(), detector.future().join());
        assertTrue(initiated.isEmpty(), "nothing after that");
    }

    @Test
    void aSnapshotThatFailsEndsIt() throws Exception {
        Detector<Integer, Integer> detector = Detector.start(POSITIVE, this::initiate);
        RuntimeException cause = new IllegalStateException("the network is closed");
        initiated.take().completeExceptionally(cause);
        var e = assertThrows(CompletionException.class, () -> detector.future().join());
        assertSame(cause, e.getCause());
    }

    @Test
    void aPropertyThatThrowsEndsItAndSoDoesASnapshotThatCannotBeInitiated() throws Exception {
        RuntimeException cause = new IllegalStateException("no");
        Detector<Integer, Integer> throwing = Detector.start(state -> {
            throw cause;
        }, this::initiate);
        initiated.take().complete(snapshot(0));
        var e = assertThrows(CompletionException.class, () -> throwing.future().join());
        assertSame(cause, e.getCause());
        AtomicInteger count = new AtomicInteger();
        Detector<Integer, Integer> refused = Detector.start(POSITIVE, () -> {
            if (count.incrementAndGet() == 2) {
                throw cause;
            }
            return CompletableFuture.completedFuture(snapshot(0));
        });
        e = assertThrows(CompletionException.class, () -> refused.future().join());
        assertSame(cause, e.getCause());
    }

    private static Topology complete(int processes) {
        ProcessId[] ids = new ProcessId[processes];
        for (int i = 0; i < processes; i++) {
            ids[i] = new ProcessId("p" + i);
        }
        return Topology.complete(ids);
    }

    @Test
    void onceTerminationIsDetectedNothingHappensAnyMore() {
        Topology topology = complete(5);
        Diffusing app = new Diffusing(topology, 20_000, 7);
        try (var network = Network.configure(topology, app::behavior, app.initial())
                .workers(3).start()) {
            var found = Detector.start(app.properties().get("termination"),
                    () -> network.snapshot(topology.processes().last()).future());
            Snapshot<?, ?> snapshot = found.future().join().orElseThrow().snapshot();
            assertEquals(20_000, network.received());
            assertEquals(snapshot.state(), network.snapshot(topology.processes().first())
                    .join().state());
        }
    }

    @Test
    void aDeadlockThatIsDetectedStays() {
        Topology topology = complete(5);
        Locks app = new Locks(topology, 1_000_000, false, 7);
        var deadlock = app.properties().get("deadlock");
        try (var network = Network.configure(topology, app::behavior, app.initial())
                .workers(3).start()) {
            var found = Detector.start(deadlock,
                    () -> network.snapshot(topology.processes().last()).future());
            String cycle = found.future().join().orElseThrow().witness();
            assertTrue(network.received() < app.messages());
            assertEquals(Optional.of(cycle), deadlock.witness(
                    network.snapshot(topology.processes().first()).join().state()));
            assertTrue(cycle.matches("(p\\d waits for lock p\\d, which p\\d holds(; )?){2,}"),
                    cycle);
        }
    }
}
