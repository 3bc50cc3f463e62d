package org.chandylamport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.chandylamport.Network;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.Topology;
import org.chandylamport.runtime.Pair.Account;
import org.chandylamport.runtime.Pair.Letter;
import org.junit.jupiter.api.Test;

class RequestTest {

    private final List<String> done = new ArrayList<>();
    private final Request<Integer, Integer> request =
            new Request<>(process -> done.add("run"), reason -> done.add("refused"));

    @Test
    void aRequestThatWasRunIsNotRefused() {
        request.run(null, 1);
        request.refuse(Islands.REASON);
        assertEquals(List.of("run"), done);
    }

    @Test
    void aRequestThatWasRefusedIsNotRun() {
        request.refuse(Islands.REASON);
        request.run(null, 1);
        assertEquals(List.of("refused"), done);
    }

    @Test
    void aStepThatThrowsAnErrorFailsItsFutureAndStopsTheNetwork() {
        Topology topology = Topology.complete(Pair.P, Pair.Q);
        try (var network = Network.<Integer, Integer>start(topology,
                (state, channel, message, outbox) -> state, GlobalState.initial(topology, 0))) {
            AssertionError error = new AssertionError("broken");
            CompletableFuture<Integer> future = network.execute(Pair.P, (state, outbox) -> {
                throw error;
            });
            CompletionException e = assertThrows(CompletionException.class, future::join);
            assertSame(error, e.getCause());
            assertThrows(CompletionException.class, () -> network.execute(
                    Pair.P, (state, outbox) -> state).join());
            assertTrue(network.failure().isPresent());
        }
    }

    @Test
    void whatIsOpenedAfterTheEndFails() {
        Pair pair = new Pair();
        pair.collector.end(Islands.REASON);
        PendingSnapshot<Account, Letter> late = pair.collector.open();
        assertTrue(late.future().isCompletedExceptionally());
        assertNull(pair.collector.close(late.id()));
    }

    @Test
    void everySnapshotThatIsOpenFailsForTheFirstReason() {
        Pair pair = new Pair();
        PendingSnapshot<Account, Letter> next = pair.collector.open();
        var meanwhile = pair.pending.future().whenComplete((snapshot, thrown) ->
                pair.collector.end(new IllegalStateException("closed")));
        pair.collector.end(Islands.REASON);
        assertTrue(meanwhile.isDone());
        assertSame(Islands.REASON,
                assertThrows(CompletionException.class, next::join).getCause());
    }
}
