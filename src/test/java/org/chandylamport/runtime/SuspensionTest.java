package org.chandylamport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.chandylamport.runtime.Pair.Account;
import org.chandylamport.runtime.Pair.Letter;
import org.junit.jupiter.api.Test;

/** A suspended process belongs to whoever resumes it. */
class SuspensionTest {

    private final Pair pair = new Pair();
    private int suspensions;
    private int steps;

    private void suspend() {
        Request<Account, Letter> request = new Request<>(
                process -> process.suspend(() -> suspensions++), reason -> {}, true);
        if (pair.q.inbox().push(request)) {
            pair.workers.share(pair.q);
        }
    }

    private void runAll() {
        pair.run(0);
        pair.run(1);
    }

    SuspensionTest() {
        pair.workers.worker(0).schedule(pair.q);
        pair.run(0);
    }

    @Test
    void nobodySchedulesItWhateverItIsGiven() {
        suspend();
        runAll();
        assertEquals(1, suspensions);
        pair.ask(pair.q, process -> steps++);
        pair.workers.worker(1).schedule(pair.p);
        pair.askToSend(5);
        runAll();
        assertEquals(0, steps);
        assertEquals(0, pair.q.received());
        pair.workers.share(pair.q);
        runAll();
        assertEquals(1, steps);
        assertEquals(1, pair.q.received());
    }

    @Test
    void itIsHandedOverOnlyAfterTheLastActOfItsTurn() {
        pair.ask(pair.q, process -> steps++);
        suspend();
        pair.ask(pair.q, process -> steps++);
        runAll();
        assertEquals(1, suspensions);
        assertEquals(1, steps, "what was asked after it waits");
        pair.workers.share(pair.q);
        runAll();
        assertEquals(2, steps);
    }

    /** Whoever asked for the suspension waits to be told. */
    @Test
    void whereItsTurnFailsItIsHandedOverWithTheRefusals() {
        IllegalStateException cause = new IllegalStateException("a step fails");
        List<Throwable> refused = new ArrayList<>();
        pair.q.inbox().push(new Request<>(
                process -> process.suspend(() -> suspensions++), reason -> {}));
        pair.q.inbox().push(new Request<>(process -> {
            throw cause;
        }, reason -> {}));
        pair.q.inbox().push(new Request<>(process -> steps++, refused::add));
        assertThrows(IllegalStateException.class, () -> pair.q.run(pair.workers.worker(0)));
        assertEquals(0, suspensions);
        pair.q.refuseRequests(cause);
        assertEquals(1, suspensions);
        assertEquals(List.of(cause), refused);
        assertEquals(0, steps);
    }
}
