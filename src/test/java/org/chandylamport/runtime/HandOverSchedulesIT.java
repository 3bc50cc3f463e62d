package org.chandylamport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicReference;
import org.chandylamport.runtime.Pair.Account;
import org.chandylamport.runtime.Pair.Letter;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** Whatever the schedule, a process with something to do is run, and by one worker at a time. */
class HandOverSchedulesIT {

    @Test
    void whatAnIdleProcessIsAskedIsDoneOnceByOneWorker() {
        Schedules.explore(TwoRequests.class);
    }

    /** Two threads ask something of an idle process, and each is ready to run it. */
    public static class TwoRequests {

        private final Inbox<Input<Account, Letter>> inbox = new Inbox<>();
        private volatile boolean running;
        private volatile int done;

        public TwoRequests() {
            assertTrue(inbox.goIdle());
        }

        private void ask() {
            if (inbox.push(new Request<>(process -> done++, reason -> {}))) {
                run();
            }
        }

        private void run() {
            if (running) {
                throw new IllegalStateException("two run the process");
            }
            running = true;
            Fifo<Input<Account, Letter>> ready = new Fifo<>();
            do {
                inbox.takeAll(ready);
                Input<Account, Letter> input = ready.poll();
                while (input != null) {
                    input.run(null, 1);
                    input = ready.poll();
                }
                running = false;
            } while (!inbox.goIdle());
        }

        @Operation(runOnce = true)
        public void one() {
            ask();
        }

        @Operation(runOnce = true)
        public void other() {
            ask();
        }

        @Validate
        public void bothDone() {
            assertEquals(2, done);
        }
    }

    @Test
    void aWorkerThatGoesIdleWithoutLookingAgainIsFound() {
        Schedules.findFailure(IdleWithoutLooking.class);
    }

    /** The same, but going idle is a write that does not compare. */
    public static class IdleWithoutLooking {

        private static final String IDLE = "idle";
        private static final String EMPTY = "";

        private final AtomicReference<String> inbox = new AtomicReference<>(IDLE);
        private volatile int done;

        private void ask() {
            String head = inbox.get();
            while (!inbox.compareAndSet(head, head.equals(IDLE) ? "1" : head + "1")) {
                head = inbox.get();
            }
            if (head.equals(IDLE)) {
                done += inbox.getAndSet(EMPTY).length();
                inbox.set(IDLE);
            }
        }

        @Operation(runOnce = true)
        public void one() {
            ask();
        }

        @Operation(runOnce = true)
        public void other() {
            ask();
        }

        @Validate
        public void bothDone() {
            assertEquals(2, done);
        }
    }

    @Test
    void aMessageSentWhileTheReceiverPutsTheChannelAsideIsNotForgotten() {
        Schedules.explore(SendingAndPuttingAside.class);
    }

    /** A process sends while another one finds the channel empty and goes idle. */
    public static class SendingAndPuttingAside {

        private final Pair pair = new Pair();

        public SendingAndPuttingAside() {
            pair.askToSend(5);
            pair.workers.worker(0).schedule(pair.p);
            pair.workers.worker(1).schedule(pair.q);
        }

        @Operation(runOnce = true)
        public void sender() {
            pair.run(0);
        }

        @Operation(runOnce = true)
        public void receiver() {
            pair.run(1);
        }

        @Validate
        public void received() {
            assertEquals(1, pair.q.received());
        }
    }

    @Test
    void aReceiverThatDoesNotPollAgainIsFound() {
        Schedules.findFailure(AsideWithoutPolling.class);
    }

    /** The same handshake, but the receiver does not poll after it has cleared the signal. */
    public static class AsideWithoutPolling {

        private volatile boolean message;
        private volatile boolean signalled = true;
        private volatile boolean forward;

        @Operation(runOnce = true)
        public void sender() {
            message = true;
            if (!signalled) {
                forward = true;
            }
        }

        @Operation(runOnce = true)
        public void receiver() {
            if (message) {
                forward = true;
            } else {
                signalled = false;
            }
        }

        @Validate
        public void putForward() {
            assertTrue(forward);
        }
    }

    @Test
    void whatIsLentIsRunByItsOwnerOrByAThief() {
        Schedules.explore(TakingBackAndStealing.class);
    }

    /** A worker lends one process after the other while another one steals. */
    public static class TakingBackAndStealing {

        private final Pair pair = new Pair();
        private final RunQueue<LocalProcess<Account, Letter>> queue = new RunQueue<>();
        private final RunQueue<LocalProcess<Account, Letter>> stolen = new RunQueue<>();

        private static int count(RunQueue<LocalProcess<Account, Letter>> queue) {
            int count = 0;
            while (queue.poll() != null) {
                count++;
            }
            return count;
        }

        @Operation(runOnce = true)
        public void owner() {
            queue.add(pair.p);
            queue.lend();
            queue.add(pair.q);
            queue.lend();
        }

        @Operation(runOnce = true)
        public void thief() {
            stolen.steal(queue);
        }

        @Validate
        public void eachOnce() {
            assertEquals(2, count(queue) + count(stolen));
        }
    }

    @Test
    void aThiefThatLooksAndThenTakesIsFound() {
        Schedules.findFailure(StealingWithoutAtomicity.class);
    }

    /** The same, but whoever takes what is lent reads it, and then clears it. */
    public static class StealingWithoutAtomicity {

        private volatile int lent = 1;
        private volatile int owned;
        private volatile int stolen;

        @Operation(runOnce = true)
        public void owner() {
            owned = lent;
            lent = 0;
        }

        @Operation(runOnce = true)
        public void thief() {
            stolen = lent;
            lent = 0;
        }

        @Validate
        public void once() {
            assertEquals(1, owned + stolen);
        }
    }
}
