package org.chandylamport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
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
        idle(pair.workers);
        idle(pair.workers);
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
    void theLastWorkerToExitSaysSo() {
        List<String> said = new ArrayList<>();
        Workers<Account, Letter> three =
                new Workers<>(3, (process, cause) -> {}, () -> said.add("all have exited"));
        three.exited();
        three.exited();
        assertEquals(List.of(), said);
        three.exited();
        assertEquals(List.of("all have exited"), said);
    }

    @Test
    void whatALongStepKeepsWaitingIsStolenByWhoWatches() {
        Watch<Account, Letter> watch = new Watch<>(pair.workers, other);
        worker.schedule(pair.p);
        worker.schedule(pair.q);
        List<Boolean> stolen = new ArrayList<>();
        pair.ask(pair.p, process -> process.internal((account, outbox) -> {
            stolen.add(watch.steal());
            stolen.add(watch.steal());
            stolen.add(watch.steal());
            return account;
        }));
        assertTrue(worker.runNext());
        assertEquals(List.of(false, true, false), stolen, "first it is seen to wait");
        assertFalse(worker.runNext(), "the other process was stolen");
        assertTrue(other.runNext());
    }

    @Test
    void whatGetsItsTurnIsNotStolen() {
        Watch<Account, Letter> watch = new Watch<>(pair.workers, other);
        worker.schedule(pair.p);
        worker.lend();
        assertFalse(watch.steal(), "it was not seen before");
        assertTrue(worker.runNext());
        pair.p.inbox().push(request());
        worker.schedule(pair.p);
        worker.lend();
        assertFalse(watch.steal(), "it has had a turn since");
        assertTrue(watch.steal(), "it has not");
    }

    @Test
    void whatIsLentKeepsItsPlaceInFrontOfWhatComesLater() {
        RunQueue<Input<Account, Letter>> queue = new RunQueue<>();
        List<Request<Account, Letter>> added =
                List.of(request(), request(), request(), request(), request());
        queue.add(added.get(0));
        queue.add(added.get(1));
        assertTrue(queue.lend());
        assertFalse(queue.lend(), "all are lent");
        queue.add(added.get(2));
        assertTrue(queue.lend());
        queue.add(added.get(3));
        queue.add(added.get(4));
        List<Input<Account, Letter>> polled = new ArrayList<>();
        while (!queue.isEmpty()) {
            polled.add(queue.poll());
        }
        assertEquals(added, polled);
        assertNull(queue.poll());
    }

    @Test
    void aThiefRunsWhatItStealsInOrderAndBeforeItsOwn() {
        RunQueue<Input<Account, Letter>> from = new RunQueue<>();
        RunQueue<Input<Account, Letter>> thief = new RunQueue<>();
        List<Request<Account, Letter>> added = List.of(request(), request(), request());
        from.add(added.get(0));
        from.add(added.get(1));
        thief.add(added.get(2));
        assertFalse(thief.steal(from), "nothing is lent");
        from.lend();
        assertSame(added.get(1), from.lastLent());
        assertFalse(from.isEmpty());
        assertTrue(thief.steal(from));
        assertTrue(from.isEmpty());
        assertEquals(added, List.of(thief.poll(), thief.poll(), thief.poll()));
    }

    @Test
    void oneOfThoseThatAreIdleWatchesWhileAnotherIsBusy() {
        Workers<Account, Letter> workers = pair.workers;
        idle(pair.workers);
        assertTrue(workers.startWatching());
        assertFalse(workers.startWatching(), "one watches");
        idle(pair.workers);
        assertFalse(workers.areSomeBusy());
        workers.stopWatching();
        assertFalse(workers.startWatching(), "all are idle");
        workers.busy();
        assertTrue(workers.lackWatcher());
    }

    /** One of the workers has nothing to do any more. */
    private static void idle(Workers<Account, Letter> workers) {
        workers.startSearching();
        workers.stopSearching();
    }

    @Test
    void whoLendsWakesOneToWatchUnlessOneDoes() {
        idle(pair.workers);
        other.sayParked();
        worker.schedule(pair.p);
        worker.lend();
        assertFalse(other.wake(), "it was woken");
        other.sayParked();
        assertFalse(other.mustPark(), "somebody is busy, and nobody watches");
        assertTrue(pair.workers.startWatching());
        worker.schedule(pair.q);
        worker.lend();
        assertTrue(other.mustPark(), "it was left alone");
    }

    @Test
    void whoHasWatchedAndBecomesBusyWakesAnotherToWatchWhatIsStillLent() {
        Workers<Account, Letter> three = new Workers<>(3, (process, cause) -> {}, () -> {});
        idle(three);
        idle(three);
        assertTrue(three.startWatching());
        three.worker(2).schedule(pair.p);
        three.worker(2).lend();
        three.worker(1).sayParked();
        assertTrue(three.worker(1).mustPark(), "another one watches");
        three.stopWatching();
        three.busy();
        assertFalse(three.worker(1).wake(), "it was woken");
        three.startWatching();
        three.worker(1).sayParked();
        three.stopWatching();
        assertTrue(three.worker(2).runNext());
        idle(three);
        three.busy();
        assertTrue(three.worker(1).wake(), "nothing is lent any more");
    }

    @Test
    void whatIsSharedWakesWhoWatchesOnlyWhereNobodyIsBusy() {
        idle(pair.workers);
        assertTrue(pair.workers.startWatching());
        other.sayParked();
        pair.workers.share(pair.p);
        assertTrue(other.wake(), "the one that is busy takes it after its turn");
        assertFalse(other.mustPark());
        idle(pair.workers);
        other.sayParked();
        pair.workers.share(pair.q);
        assertFalse(other.wake(), "nobody is busy: it was woken");
    }
}
