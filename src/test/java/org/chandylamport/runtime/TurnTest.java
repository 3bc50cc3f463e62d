package org.chandylamport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event;
import org.chandylamport.model.Outbox;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.runtime.Pair.Account;
import org.chandylamport.runtime.Pair.Letter;
import org.junit.jupiter.api.Test;

/** What a process does in one turn: in one thread. */
class TurnTest {

    private static final int TURN = 128;

    private final Workers<Account, Letter> workers = new Workers<>(2, (p, cause) -> {}, () -> {});
    private final Worker<Account, Letter> worker = workers.worker(0);

    /** Adds up, and takes internal steps while it owns less than so much. */
    private final class Saver implements Behavior<Account, Letter> {

        private final int goal;
        private final List<LocalProcess<Account, Letter>> lent = new ArrayList<>();

        Saver(int goal) {
            this.goal = goal;
        }

        @Override
        public Account receive(
                Account account, Channel channel, Letter letter, Outbox<Letter> outbox) {
            return new Account(account.balance + letter.amount);
        }

        @Override
        public boolean hasInternal(Account account) {
            return account.balance < goal;
        }

        @Override
        public Account internal(Account account, Outbox<Letter> outbox) {
            lent.add(worker.runnable().lastLent());
            return new Account(account.balance + 1);
        }
    }

    private Pair pair(Behavior<Account, Letter> behavior, int letters) {
        return new Pair(workers, behavior, Collections.nCopies(letters, new Letter(1)), null, null);
    }

    @Test
    void aTurnEndsAndWhatIsLeftIsForTheNext() {
        Pair pair = pair(new Saver(0), 2 * TURN + 2);
        assertTrue(pair.q.run(worker));
        assertEquals(TURN, pair.q.received());
        assertTrue(pair.q.run(worker));
        assertEquals(2 * TURN, pair.q.received());
        assertFalse(pair.q.run(worker), "it has nothing to do any more");
        assertEquals(2 * TURN + 2, pair.q.received());
    }

    @Test
    void aChannelHandsOverAtMostWhatIsAskedFor() {
        Pair pair = pair(new Saver(0), TURN + 3);
        pair.q.run(worker);
        assertEquals(2, pair.pq.run(pair.q, 2));
        assertEquals(TURN + 2, pair.q.received());
        assertEquals(1, pair.pq.run(pair.q, 2));
        assertEquals(0, pair.pq.run(pair.q, 2));
    }

    @Test
    void internalStepsAreTakenWhileThereAreAnyAndEndATurnToo() {
        Saver saver = new Saver(100 + TURN + 5);
        Pair pair = pair(saver, 0);
        assertTrue(pair.q.run(worker));
        assertEquals(TURN, saver.lent.size());
        assertFalse(pair.q.run(worker));
        assertEquals(TURN + 5, saver.lent.size());
        assertEquals(100 + TURN + 5, pair.q.core().state().balance);
    }

    @Test
    void whatWaitsBehindAnInternalStepIsLent() {
        Saver saver = new Saver(101);
        Pair pair = pair(saver, 0);
        worker.schedule(pair.p);
        pair.q.run(worker);
        assertEquals(1, saver.lent.size());
        assertSame(pair.p, saver.lent.get(0));
    }

    @Test
    void aProcessWithAFullLogIsHeldBackUntilItIsObserved() {
        EventLog<Account, Letter> log = new EventLog<>();
        Event<Account, Letter> event = new Event.RecordState<>(Pair.Q, new SnapshotId(1));
        for (int i = 1; i < EventLog.CAPACITY; i++) {
            log.accept(event);
        }
        assertFalse(log.isFull());
        log.accept(event);
        assertTrue(log.isFull());
        Pair pair = new Pair(null, log);
        pair.workers.worker(0).schedule(pair.q);
        assertTrue(pair.workers.worker(0).runNext(), "it waits, and is not forgotten");
        assertEquals(0, pair.q.turns());
        List<Event<Account, Letter>> observed = new ArrayList<>();
        assertEquals(EventLog.CAPACITY, log.drainTo(observed::add));
        assertEquals(EventLog.CAPACITY, observed.size());
        assertTrue(pair.workers.worker(0).runNext());
        assertEquals(1, pair.q.turns());
    }
}
