package org.chandylamport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.chandylamport.model.Channel;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Topology;
import org.junit.jupiter.api.Test;

class MessagePathTest {

    private static final ProcessId P = new ProcessId("p");
    private static final ProcessId Q = new ProcessId("q");
    private static final int TOKENS = 64;
    private static final long WINDOW = 1_000_000;
    private static final int MOST_WINDOWS = 20;

    /** The bytes that the workers of all networks have allocated. */
    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] workers = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("chandy-lamport-worker"))
                .mapToLong(Thread::getId)
                .toArray();
        assertTrue(workers.length > 0, "no worker");
        return Arrays.stream(threads.getThreadAllocatedBytes(workers)).sum();
    }

    private static void awaitReceived(Network<Integer, Integer> network, long messages) {
        Until.holds(() -> network.received() >= messages);
    }

    /** Code that is not compiled yet, and queues that grow, allocate: one window suffices. */
    private static double bytesPerMessage(Network<Integer, Integer> network, int window) {
        awaitReceived(network, window * WINDOW);
        long before = allocated();
        awaitReceived(network, (window + 1) * WINDOW);
        return (double) (allocated() - before) / WINDOW;
    }

    @Test
    void aMessageAllocatesNothingWhileNoSnapshotIsLive() {
        Topology ring = Topology.ring(P, Q);
        try (var network = Network.<Integer, Integer>start(ring, (state, from, message, outbox) -> {
            Channel back = ring.outgoing(from.to()).get(0);
            outbox.send(back, message);
            return state;
        }, GlobalState.initial(ring, 0))) {
            network.execute(P, (state, outbox) -> {
                for (int i = 0; i < TOKENS; i++) {
                    outbox.send(Q, 1);
                }
                return state;
            }).join();
            double least = Double.MAX_VALUE;
            for (int window = 1; window <= MOST_WINDOWS && least > 0; window++) {
                least = Math.min(least, bytesPerMessage(network, window));
            }
            assertEquals(0, least, "bytes a message, at least");
        }
    }
}
