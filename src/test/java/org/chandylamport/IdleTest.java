package org.chandylamport;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class IdleTest {

    private static final int PROCESSES = 100_000;
    private static final int YIELDS = 10_000;

    private static List<Thread> workers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("chandy-lamport-worker"))
                .toList();
    }

    private static long processorTime(List<Thread> threads) {
        return threads.stream()
                .mapToLong(t -> ManagementFactory.getThreadMXBean().getThreadCpuTime(t.getId()))
                .sum();
    }

    @Test
    @Timeout(120) // Against workers that never sleep.
    void theWorkersOfAnIdleNetworkSleepHoweverManyProcessesThereAre() {
        Topology ring = Topology.ring(IntStream.range(0, PROCESSES)
                .mapToObj(i -> new ProcessId("p" + i)).toArray(ProcessId[]::new));
        try (var network = Network.<Integer, Integer>start(
                ring, (state, channel, message, outbox) -> state, GlobalState.initial(ring, 0))) {
            network.snapshot(ring.processes().first()).join();
            List<Thread> workers = workers();
            assertFalse(workers.isEmpty(), "no worker");
            long before;
            do {
                before = processorTime(workers);
                for (int i = 0; i < YIELDS; i++) {
                    Thread.yield();
                }
            } while (processorTime(workers) != before);
            assertTrue(workers.stream().allMatch(t -> t.getState() == Thread.State.WAITING));
        }
    }
}
