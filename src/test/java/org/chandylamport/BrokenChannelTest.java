package org.chandylamport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ForwardingQueue;
import com.google.common.collect.ImmutableSet;
import com.google.common.util.concurrent.Uninterruptibles;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiPredicate;
import org.chandylamport.check.Audit;
import org.chandylamport.check.Report;
import org.chandylamport.check.Verdict;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.Topology;
import org.chandylamport.protocol.BrokenChannelException;
import org.chandylamport.runtime.NumberedQueue;
import org.chandylamport.runtime.PendingSnapshot;
import org.junit.jupiter.api.Test;

/** A channel that loses or repeats something stops the network, and no snapshot is wrong. */
class BrokenChannelTest {

    private static final ProcessId P = new ProcessId("p");
    private static final ProcessId Q = new ProcessId("q");
    private static final Topology RING = Topology.ring(P, Q);
    private static final Channel PQ = Channel.between(P, Q);
    private static final GlobalState<Integer, Integer> INITIAL = GlobalState.initial(RING, 100);

    private final Audit<Integer, Integer> audit = new Audit<>(RING, INITIAL, ImmutableSet.of());

    private synchronized void observe(Event<Integer, Integer> event) {
        audit.event(event);
    }

    private synchronized void observe(Snapshot<Integer, Integer> snapshot) {
        audit.snapshot(snapshot);
    }

    private Configuration<Integer, Integer> bank() {
        return Network.<Integer, Integer>configure(
                RING, p -> (balance, c, amount, outbox) -> balance + amount, INITIAL)
                .trace(this::observe);
    }

    /** A queue from p to q that does one thing to what is offered second. */
    private static Queue<Object> faulty(
            Channel c, Queue<Object> queue, BiPredicate<Queue<Object>, Object> second) {
        return !c.equals(PQ) ? queue : new ForwardingQueue<>() {
            private int offered;

            @Override
            protected Queue<Object> delegate() {
                return queue;
            }

            @Override
            public boolean offer(Object element) {
                return ++offered == 2 ? second.test(queue, element) : queue.offer(element);
            }
        };
    }

    private static boolean lost(Queue<Object> queue, Object element) {
        return true;
    }

    private static boolean twice(Queue<Object> queue, Object element) {
        return queue.offer(element) && queue.offer(element);
    }

    private static void pay(Network<Integer, Integer> network, int amount) {
        network.execute(P, (balance, outbox) -> {
            outbox.send(Q, amount);
            return balance - amount;
        }).join();
    }

    @Test
    void aNumberedQueueThatIsFullTakesNothing() {
        Queue<Object> queue = new NumberedQueue(Channel.between(P, Q), new ArrayBlockingQueue<>(1));
        assertTrue(queue.offer(1));
        assertFalse(queue.offer(2));
        assertEquals(1, queue.poll());
        assertNull(queue.poll());
    }

    /** A step has been taken when its messages are sent: it is not as if it had thrown. */
    @Test
    void aChannelThatTakesNoMoreStopsTheNetwork() {
        try (var network = bank().queues((c, queue) ->
                c.equals(PQ) ? new ArrayBlockingQueue<>(1) : queue).start()) {
            network.suspend(Q).join();
            pay(network, 1);
            PendingSnapshot<Integer, Integer> pending = network.snapshot(Q);
            var e = assertThrows(CompletionException.class, () -> pay(network, 2));
            assertInstanceOf(BrokenChannelException.class, e.getCause());
            var failed = assertThrows(CompletionException.class, pending::join);
            assertEquals("channel p->q is broken: its queue is full",
                    failed.getCause().getMessage());
        }
        var tooMany = Network.<Integer, Integer>configure(RING, p -> (a, c, b, outbox) -> a,
                GlobalState.of(INITIAL.processes(), Map.of(PQ, List.of(1, 2))))
                .queues((c, queue) -> new ArrayBlockingQueue<>(1));
        assertThrows(BrokenChannelException.class, tooMany::start);
    }

    @Test
    void aLostMessageFailsTheSnapshotAndNamesTheGap() {
        try (var network = bank().queues((c, queue) -> new NumberedQueue(
                c, faulty(c, queue, BrokenChannelTest::lost))).start()) {
            pay(network, 1);
            pay(network, 2);
            PendingSnapshot<Integer, Integer> pending = network.snapshot(P);
            var e = assertThrows(CompletionException.class, pending::join);
            assertInstanceOf(BrokenChannelException.class, e.getCause());
            assertEquals("channel p->q is broken: number 2 is missing, 3 came after 1",
                    e.getCause().getMessage());
            assertThrows(IllegalStateException.class, () -> network.snapshot(Q));
            synchronized (this) {
                audit.aborted(pending.id(), e.getCause().getMessage());
            }
        }
        assertTrue(audit.finish().isClean(), "the trace ends before the fault");
    }

    @Test
    void aMessageThatComesTwiceStopsTheNetworkBeforeItIsReceivedAgain() {
        try (var network = bank().queues((c, queue) -> new NumberedQueue(
                c, faulty(c, queue, BrokenChannelTest::twice))).start()) {
            pay(network, 1);
            pay(network, 2);
            Until.holds(() -> network.failure().isPresent());
            assertEquals("channel p->q is broken: number 2 came again, after 2",
                    network.failure().get().getMessage());
        }
        assertTrue(audit.finish().isClean(), "the trace ends before the fault");
    }

    @Test
    void withoutNumbersALostMessageMakesAWrongSnapshotWhichTheAuditFinds() {
        try (var network = bank().queues((c, queue) ->
                faulty(c, queue, BrokenChannelTest::lost)).start()) {
            pay(network, 1);
            pay(network, 2);
            observe(network.snapshot(P).join());
        }
        Report report = audit.finish();
        assertFalse(report.isClean());
        assertEquals(Verdict.Outcome.INCONSISTENT, report.snapshots().get(0).outcome());
    }

    @Test
    void numberedChannelsChangeNothingWhileTheyAreReliable() {
        try (var network = bank().queues(NumberedQueue::new).start()) {
            pay(network, 1);
            observe(network.snapshot(P, Q).join());
        }
        assertTrue(audit.finish().isClean());
    }

    @Test
    void aSuspendedProcessHoldsTheSnapshotUntilItRunsAgain() {
        try (var network = bank().start()) {
            Runnable resume = network.suspend(Q).join();
            pay(network, 1);
            var step = network.execute(Q, (balance, outbox) -> balance);
            PendingSnapshot<Integer, Integer> pending = network.snapshot(P);
            Until.holds(() -> pending.awaiting().notRecorded().keySet().equals(Set.of(Q)));
            assertFalse(step.isDone());
            resume.run();
            resume.run();
            assertEquals(101, step.join());
            observe(pending.join());
        }
        assertTrue(audit.finish().isClean());
    }

    @Test
    void aSuspensionThatIsCancelledHoldsNobody() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (var network = bank().start()) {
            network.execute(Q, (balance, outbox) -> {
                begun.countDown();
                Uninterruptibles.awaitUninterruptibly(goOn);
                return balance;
            });
            Uninterruptibles.awaitUninterruptibly(begun);
            network.suspend(Q).cancel(false);
            goOn.countDown();
            observe(network.snapshot(P).join());
        }
        assertTrue(audit.finish().isClean());
    }

    @Test
    void whoIsSuspendedAgainAndAgainMissesNothingAndIsRefusedAtTheEnd() {
        CompletableFuture<Runnable> never;
        try (var network = bank().workers(2).start()) {
            for (int i = 0; i < 200; i++) {
                var suspended = network.suspend(Q);
                pay(network, 1);
                suspended.thenAccept(Runnable::run);
            }
            observe(network.snapshot(P).join());
            network.suspend(Q).join();
            never = network.suspend(Q);
        }
        assertThrows(CompletionException.class, never::join);
        Report report = audit.finish();
        assertTrue(report.isClean(), report::toString);
    }
}
