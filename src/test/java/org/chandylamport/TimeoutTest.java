package org.chandylamport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSet;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.chandylamport.check.Audit;
import org.chandylamport.check.Report;
import org.chandylamport.check.Verdict;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.Topology;
import org.chandylamport.runtime.Awaiting;
import org.chandylamport.runtime.PendingSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A snapshot with a timeout says who held it, is given up without a trace, and harms nothing. */
class TimeoutTest {

    private static final ProcessId P = new ProcessId("p");
    private static final ProcessId Q = new ProcessId("q");
    private static final ProcessId R = new ProcessId("r");
    private static final Topology COMPLETE = Topology.complete(P, Q, R);
    private static final Channel PR = Channel.between(P, R);
    private static final Channel QR = Channel.between(Q, R);
    private static final Channel RP = Channel.between(R, P);
    private static final Channel RQ = Channel.between(R, Q);

    /** Only what never happens takes so long. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** A value that can be told from its equals, and seen to be gone. */
    private record Box(int value) {}

    private static Configuration<Box, Box> bank() {
        return Network.<Box, Box>configure(COMPLETE,
                p -> (balance, c, amount, outbox) -> new Box(balance.value + amount.value),
                GlobalState.initial(COMPLETE, new Box(100))).workers(2);
    }

    private static Behavior.Step<Box, Box> pay(ProcessId to, Box amount) {
        return (balance, outbox) -> {
            outbox.send(to, amount);
            return new Box(balance.value - amount.value);
        };
    }

    private static Box balance(Network<Box, Box> network, ProcessId p) {
        return network.execute(p, (balance, outbox) -> balance).join();
    }

    private static TimeoutException failure(PendingSnapshot<?, ?> pending) {
        var e = assertThrows(CompletionException.class, pending::join);
        return assertInstanceOf(TimeoutException.class, e.getCause());
    }

    /** A snapshot that timed out when only r, which is suspended, and its markers were awaited. */
    private static PendingSnapshot<Box, Box> heldByR(Network<Box, Box> network) {
        for (Duration timeout = Duration.ofMillis(4); ; timeout = timeout.multipliedBy(2)) {
            PendingSnapshot<Box, Box> pending = network.snapshot(timeout, P);
            failure(pending);
            Awaiting last = pending.awaiting();
            if (last.notRecorded().size() == 1 && last.markers().size() == 2) {
                return pending;
            }
        }
    }

    @Test
    void theErrorNamesWhoHasNotRecordedAndWhoseMarkersAreAwaitedAndSinceWhen() {
        long start = System.nanoTime();
        try (var network = bank().start()) {
            network.suspend(R).join();
            PendingSnapshot<Box, Box> pending = heldByR(network);
            var awaiting = pending.awaiting();
            assertEquals(Set.of(R), awaiting.notRecorded().keySet());
            assertEquals(Map.of(R, List.of(PR, QR)), awaiting.asked());
            assertEquals(Set.of(RP, RQ), awaiting.markers().keySet());
            Duration sinceInitiation = awaiting.notRecorded().get(R);
            assertTrue(sinceInitiation.compareTo(Duration.ofMillis(4)) >= 0);
            assertTrue(sinceInitiation.toNanos() <= System.nanoTime() - start);
            assertTrue(pending.duration().compareTo(sinceInitiation) >= 0);
            awaiting.markers().forEach((c, sinceRecording) ->
                    assertTrue(sinceRecording.compareTo(sinceInitiation) <= 0, c::toString));
            String message = failure(pending).getMessage();
            assertTrue(message.matches("snapshot " + pending.id() + " is not complete after"
                    + " \\d+\\.\\d{3} s: it waits for " + "\\Q" + awaiting + "\\E"), message);
        }
    }

    @Test
    void whoStandsStillIsNamedBeforeThoseBehindIt() {
        List<ProcessId> ids = IntStream.range(10, 30)
                .mapToObj(i -> new ProcessId("p" + i)).toList();
        Topology ring = Topology.ring(ids.toArray(ProcessId[]::new));
        try (var network = Network.<Integer, Integer>start(ring,
                (state, c, message, outbox) -> state, GlobalState.initial(ring, 0))) {
            ProcessId stalled = ids.get(15);
            network.suspend(stalled).join();
            PendingSnapshot<Integer, Integer> behind = network.snapshot(ids.get(14));
            PendingSnapshot<Integer, Integer> initiated = network.snapshot(stalled);
            Until.holds(() -> behind.awaiting().notRecorded().size() == 19);
            String words = behind.awaiting().toString();
            assertTrue(words.matches("the state of p25 \\(for \\d+\\.\\d+ s, sent the marker along"
                    + " p24->p25\\), p10 .*"), words);
            assertEquals(Map.of(stalled, List.of()), initiated.awaiting().asked());
            assertTrue(initiated.awaiting().toString().startsWith("the state of p25 "));
        }
    }

    @Test
    void aMarkerIsAwaitedSinceItsReceiverRecorded() {
        try (var network = bank().start()) {
            Runnable resumeQ = network.suspend(Q).join();
            network.suspend(R).join();
            PendingSnapshot<Box, Box> pending = network.snapshot(P);
            Until.holds(() -> pending.awaiting().markers().containsKey(RP));
            long before = System.nanoTime();
            resumeQ.run();
            Until.holds(() -> pending.awaiting().markers().containsKey(RQ));
            long after = System.nanoTime();
            var awaiting = pending.awaiting();
            Duration atMost = Duration.ofNanos(System.nanoTime() - before);
            assertTrue(awaiting.markers().get(RQ).compareTo(atMost) <= 0, "q recorded late");
            assertTrue(awaiting.markers().get(RP).toNanos() >= after - before, "p recorded early");
        }
    }

    @Test
    void theNetworkGoesOnAndLaterSnapshotsWork() {
        Audit<Box, Box> audit = new Audit<>(
                COMPLETE, GlobalState.initial(COMPLETE, new Box(100)), ImmutableSet.of());
        List<ProcessId> abandoned = new ArrayList<>();
        PendingSnapshot<Box, Box> held;
        List<Snapshot<Box, Box>> later = new ArrayList<>();
        try (var network = bank().trace(event -> {
            audit.event(event);
            if (event instanceof Event.Abandon) {
                abandoned.add(event.process());
            }
        }).start()) {
            Runnable resume = network.suspend(R).join();
            network.execute(P, pay(R, new Box(1)));
            held = network.snapshot(Duration.ofMillis(1), Q);
            failure(held);
            assertEquals(new Box(98), network.execute(P, pay(Q, new Box(1))).join());
            PendingSnapshot<Box, Box> next = network.snapshot(PATIENCE, P);
            resume.run();
            network.execute(R, pay(P, new Box(5)));
            later.add(next.join());
            later.add(network.snapshot(R, Q).join());
            COMPLETE.processes().forEach(p -> balance(network, p));
        }
        audit.aborted(held.id(), failure(held).getMessage());
        later.forEach(audit::snapshot);
        assertTrue(abandoned.containsAll(List.of(P, Q)), "they cannot complete without r");
        Report report = audit.finish();
        assertTrue(report.isClean(), report::toString);
        assertEquals(List.of(Verdict.Outcome.ABORTED, Verdict.Outcome.CONSISTENT,
                        Verdict.Outcome.CONSISTENT),
                report.snapshots().stream().map(Verdict::outcome).toList());
    }

    @Test
    void itsDurationGrowsUntilItEnds() {
        try (var network = bank().start()) {
            Runnable resume = network.suspend(R).join();
            long before = System.nanoTime();
            PendingSnapshot<Box, Box> pending = network.snapshot(P);
            Duration first = pending.duration();
            Until.holds(() -> pending.duration().compareTo(first) > 0);
            resume.run();
            pending.join();
            long atMost = System.nanoTime() - before;
            Duration last = pending.duration();
            assertTrue(last.toNanos() <= atMost);
            assertTrue(last.compareTo(first) > 0);
            assertEquals(last, pending.duration());
        }
    }

    @Test
    void nothingOfItStaysInMemory() {
        try (var network = bank().start()) {
            Runnable resume = network.suspend(R).join();
            WeakReference<Box> recorded = new WeakReference<>(balance(network, P));
            PendingSnapshot<Box, Box> pending = heldByR(network);
            network.execute(P, (balance, outbox) -> new Box(7)).join();
            network.execute(Q, (balance, outbox) -> new Box(7)).join();
            resume.run();
            network.execute(R, (balance, outbox) -> new Box(7)).join();
            assertGone(recorded);
            WeakReference<Box> received = receivedByPFromR(network);
            receivedByPFromR(network);
            assertGone(received);
            assertEquals(Set.of(R), pending.awaiting().notRecorded().keySet(), "still reachable");
        }
    }

    private static WeakReference<Box> receivedByPFromR(Network<Box, Box> network) {
        Box message = new Box(1);
        long before = network.received();
        network.execute(R, pay(P, message));
        Until.holds(() -> network.received() != before);
        return new WeakReference<>(message);
    }

    private static void assertGone(WeakReference<?> reference) {
        assertTimeoutPreemptively(PATIENCE, () -> {
            while (reference.get() != null) {
                System.gc();
                Thread.yield();
            }
        });
    }

    @Test
    void aCompleteSnapshotIsNotKeptUntilItsTimeout() {
        try (var network = bank().start()) {
            assertGone(complete(network, Duration.ofDays(1)));
            assertGone(complete(network, Duration.ofSeconds(Long.MAX_VALUE)));
        }
    }

    private static WeakReference<Snapshot<Box, Box>> complete(
            Network<Box, Box> network, Duration timeout) {
        return new WeakReference<>(network.snapshot(timeout, P).join());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S"})
    void aTimeoutThatIsNotPositiveIsRefused(Duration timeout) {
        try (var network = bank().start()) {
            var e = assertThrows(IllegalArgumentException.class,
                    () -> network.snapshot(timeout, P));
            assertTrue(e.getMessage().contains(timeout.toString()), e.getMessage());
        }
    }

    @Test
    void whenTheTimeoutMeetsTheLastMarkerTheSnapshotIsRightOrGivenUp() {
        Audit<Box, Box> audit = new Audit<>(
                COMPLETE, GlobalState.initial(COMPLETE, new Box(100)), ImmutableSet.of());
        int snapshots = 500;
        List<PendingSnapshot<Box, Box>> all = new ArrayList<>();
        try (var network = bank().trace(audit::event).start()) {
            for (int i = 0; i < snapshots; i++) {
                network.execute(P, pay(Q, new Box(1)));
                PendingSnapshot<Box, Box> pending =
                        network.snapshot(Duration.ofNanos(1L << (i % 24)), i % 2 == 0 ? P : R);
                all.add(pending);
            }
            all.forEach(pending -> pending.future().exceptionally(thrown -> null).join());
            assertFalse(network.failure().isPresent());
            COMPLETE.processes().forEach(p -> balance(network, p));
        }
        for (PendingSnapshot<Box, Box> pending : all) {
            if (pending.future().isCompletedExceptionally()) {
                audit.aborted(pending.id(), failure(pending).getMessage());
            } else {
                audit.snapshot(pending.join());
            }
        }
        Report report = audit.finish();
        assertTrue(report.isClean(), report::toString);
        assertEquals(snapshots, report.snapshots().size());
    }
}
