package org.chandylamport;

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
    private static final long WARM = 1_000_000;

    /** The bytes that the workers of all networks have allocated. */
    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] workers = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("chandy-lamport-worker"))
                .mapToLong(Thread::getId)
                .toArray();
        return Arrays.stream(threads.getThreadAllocatedBytes(workers)).sum();
    }

    private static void awaitReceived(Network<Integer, Integer> network, long messages) {
        while (network.received() < messages) {
            Thread.yield();
        }
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
            awaitReceived(network, WARM);
            long before = allocated();
            awaitReceived(network, 2 * WARM);
            double perMessage = (double) (allocated() - before) / WARM;
            assertTrue(perMessage < 0.1, perMessage + " bytes a message");
        }
    }
}
