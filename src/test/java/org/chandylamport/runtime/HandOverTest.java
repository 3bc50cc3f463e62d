package org.chandylamport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.chandylamport.runtime.Pair.Account;
import org.chandylamport.runtime.Pair.Letter;
import org.junit.jupiter.api.Test;

/** Who runs a process, and who is to be told: step by step, in one thread. */
class HandOverTest {

    private final Pair pair = new Pair();
    private final Worker<Account, Letter> worker = pair.workers.worker(0);
    private final Worker<Account, Letter> other = pair.workers.worker(1);

    private static Request<Account, Letter> request() {
        return new Request<>(process -> {}, reason -> {});
    }

    @Test
    void onlyWhoFindsAnInboxIdleIsToRunItsConsumer() {
        Inbox<Input<Account, Letter>> inbox = new Inbox<>();
        assertTrue(inbox.isEmpty());
        assertFalse(inbox.push(request()), "a new inbox has a consumer");
        assertFalse(inbox.goIdle(), "there is something to take");
        inbox.takeAll(new Fifo<>());
        assertTrue(inbox.goIdle());
        assertTrue(inbox.isEmpty());
        assertTrue(inbox.push(request()), "nobody ran it");
        assertFalse(inbox.push(request()), "whoever pushed first runs it");
    }

    @Test
    void aNodeIsTakenOnceAndFirstPushedFirst() {
        Inbox<Input<Account, Letter>> inbox = new Inbox<>();
        List<Request<Account, Letter>> pushed = List.of(request(), request(), request());
        pushed.forEach(inbox::push);
        Fifo<Input<Account, Letter>> list = new Fifo<>();
        inbox.takeAll(list);
        inbox.takeAll(list);
        List<Input<Account, Letter>> taken = new ArrayList<>();
        while (!list.isEmpty()) {
            taken.add(list.poll());
        }
        assertEquals(pushed, taken);
    }

    @Test
    void aProcessWithNothingToDoIsLeftToWhoeverGivesItSomething() {
        assertFalse(pair.p.run(worker), "the worker must not touch it any more");
        assertTrue(pair.p.inbox().push(request()), "whoever asks is to schedule it");
        assertFalse(pair.p.inbox().push(request()), "and nobody else is");
    }

    @Test
    void aSuspendedProcessIsLeftToWhoeverResumesIt() {
        pair.p.run(worker);
        List<String> done = new ArrayList<>();
        pair.p.inbox().push(new Request<>(
                process -> process.suspend(() -> done.add("suspended")), reason -> {}, true));
        pair.p.inbox().push(new Request<>(process -> done.add("run"), reason -> {}));
        assertFalse(pair.p.run(worker), "the worker must not touch it any more");
        assertEquals(List.of("suspended"), done);
        assertFalse(pair.p.inbox().push(request()), "whoever asks must not schedule it");
        assertFalse(pair.p.run(other));
        assertEquals(List.of("suspended", "run"), done);
    }

    @Test
    void aMessageMakesAnIdleReceiverRunnableByTheWorkerOfItsSender() {
        worker.schedule(pair.p);
        worker.schedule(pair.q);
        pair.run(0);
        pair.askToSend(5);
        pair.run(0);
        assertEquals(1, pair.q.received());
        assertEquals(105, pair.q.core().state().balance);
    }

    @Test
    void whatIsSentWhileItsChannelIsDrainedIsNotForgotten() {
        pair.p.run(worker);
        assertEquals(0, pair.pq.run(pair.q, 1), "the receiver finds the channel empty");
        pair.pq.send(new Letter(5));
        pair.pq.announce();
        assertTrue(pair.pq.hasMore(true), "and looks again");
        assertTrue(pair.pq.hasMore(false));
    }

    @Test
    void whatIsSentAfterItsChannelWasPutAsideIsSignalled() {
        worker.schedule(pair.p);
        worker.schedule(pair.q);
        pair.run(0);
        assertFalse(pair.pq.hasMore(true), "nothing was sent");
        pair.pq.send(new Letter(5));
        pair.run(0);
        assertEquals(1, pair.q.received());
    }

    @Test
    void whoSharesAProcessWakesOneWorkerThatSaidItParks() {
        worker.sayParked();
        other.sayParked();
        assertTrue(worker.mustPark());
        pair.workers.share(pair.p);
        assertFalse(worker.mustPark());
        assertNotEquals(worker.wake(), other.wake(), "one was woken, the other parks");
    }

    @Test
    void whoStopsTheWorkersWakesAll() {
        worker.sayParked();
        other.sayParked();
        pair.workers.stop();
        assertFalse(worker.wake() || other.wake(), "both were woken");
        worker.sayParked();
        assertFalse(worker.mustPark(), "none parks any more");
    }

    @Test
    void aWorkerWithTwoProcessesGivesOneToAnotherThatIsIdle() {
        worker.schedule(pair.p);
        worker.schedule(pair.q);
        worker.shareIfAsked();
        assertFalse(pair.workers.hasShared(), "nobody is idle");
        pair.workers.startSearching();
        worker.shareIfAsked();
        assertTrue(pair.workers.hasShared());
        worker.shareIfAsked();
        pair.workers.busy();
        assertTrue(other.runNext());
        assertFalse(other.runNext(), "it was given one");
        assertTrue(worker.runNext());
        assertFalse(worker.runNext(), "the other one it kept");
    }
}
