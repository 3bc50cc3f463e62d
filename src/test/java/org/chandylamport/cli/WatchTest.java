package org.chandylamport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedSet;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.chandylamport.Network;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.chandylamport.runtime.PendingSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WatchTest {

    private static final ProcessId P = new ProcessId("p");
    private static final ProcessId Q = new ProcessId("q");
    private static final Topology RING = Topology.ring(P, Q);
    private static final Behavior<Integer, Integer> IDLE = (state, c, message, outbox) -> state;

    private final StringWriter out = new StringWriter();

    private Watch watch(boolean isTerminal) {
        return new Watch(new PrintWriter(out), 5000, isTerminal, 0);
    }

    private static Outcome.Taken taken(long microseconds) {
        return new Outcome.Taken(new SnapshotId(1), ImmutableSortedSet.of(P), 12,
                TimeUnit.MICROSECONDS.toNanos(microseconds), Optional.empty(), Optional.empty());
    }

    @Test
    void aLineSaysHowManyAndHowLong() {
        Watch watch = watch(false);
        for (int i = 1; i <= 100; i++) {
            watch.ended(taken(i));
        }
        watch.ended(Outcome.Taken.aborted(new SnapshotId(2), 1_000_000_000, "it took too long"));
        watch.look(1234, List.of());
        assertTrue(out.toString().matches("\\d+\\.\\d s: 1,234 of 5,000 messages \\([\\d,]+/s\\);"
                + " 100 snapshots \\([\\d,.]+/s\\), 0 open,"
                + " the last with 12 messages in transit;"
                + " microseconds p50 50 p90 90 p99 99 max 100; no snapshot waits\\R"),
                out.toString());
    }

    @Test
    void whoHoldsASnapshotIsNamed() {
        try (var network = Network.start(RING, IDLE, GlobalState.initial(RING, 0))) {
            Runnable resume = network.suspend(Q).join();
            PendingSnapshot<Integer, Integer> pending = network.snapshot(P);
            while (pending.awaiting().notRecorded().containsKey(P)) {
                Thread.yield();
            }
            watch(false).look(0, List.of(pending));
            resume.run();
            pending.join();
        }
        assertTrue(out.toString().matches("(?s).* 1 open, .*snapshot 1 awaits the state of q"
                + " \\(for \\d+\\.\\d+ s, sent the marker along p->q\\).*"), out.toString());
    }

    @Test
    void aTerminalIsDrawnAgainInPlace() {
        Watch watch = watch(true);
        watch.look(1, List.of());
        String first = out.toString();
        assertEquals(4, first.lines().count(), first);
        watch.look(2, List.of());
        assertTrue(out.toString().substring(first.length()).startsWith("\033[4A\033[?7l2 of 5,000"),
                out.toString());
    }

    @Test
    void jmxShowsTheSame() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName(Watch.NAME);
        try (Watch watch = Watch.start(new PrintWriter(out), 5000)) {
            watch.ended(taken(7));
            assertEquals(1L, server.getAttribute(name, "Snapshots"));
            assertEquals(7L, server.getAttribute(name, "Microseconds99"));
            assertEquals(12L, server.getAttribute(name, "InTransit"));
        }
        assertFalse(server.isRegistered(name));
    }

    @Test
    void aRunThatIsWatchedSaysTheSameAtItsEnd() {
        assertEquals(0, Main.run(new PrintWriter(out), new PrintWriter(out),
                "run", "--watch", "--messages", "2000"));
        assertTrue(out.toString().contains("10 of 10 snapshots are consistent"), out.toString());
    }
}
