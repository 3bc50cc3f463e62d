package org.chandylamport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.chandylamport.cli.RealNodes.RealNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of three JVMs under load when one of them, or what connects them, fails. */
@Tag("deep")
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class ClusterFaultsTest {

    private static final String[] ENDLESS = {"--seed", "7", "--messages", "100000000",
        "--snapshots", "1000000", "--processes", "9", "--nodes", "3"};
    private static final String[] SHORT = {"--seed", "7", "--messages", "60000",
        "--snapshots", "30", "--processes", "9", "--nodes", "3"};

    @TempDir
    private Path folder;

    private RealNodes started(String... arguments) throws Exception {
        RealNodes nodes = new RealNodes(folder, arguments);
        for (int i = 0; i < 3; i++) {
            nodes.start();
        }
        return nodes;
    }

    private static void awaitEnd(RealNode node, String sentence) throws Exception {
        assertEquals(2, node.await(), node::complaint);
        assertTrue(node.complaint().matches("chandy-lamport: " + sentence), node::complaint);
    }

    private static void seen(String fault, long start, RealNode node) {
        System.out.printf("%s: ended after %.1f s with: %s%n",
                fault, (System.nanoTime() - start) / 1e9, node.complaint());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void aKilledNodeEndsSnapshotsAndNoneIsWrong(int victim) throws Exception {
        try (RealNodes nodes = started(ENDLESS)) {
            nodes.get(1).awaitSaid("snapshot", 3);
            long start = System.nanoTime();
            nodes.get(victim).signal("KILL");
            nodes.get(victim).await();
            for (RealNode node : nodes.all()) {
                if (node != nodes.get(victim)) {
                    awaitEnd(node, "channel .* is broken: node 127.0.0.1:\\d+ .*");
                    seen("kill -9 of node " + victim, start, node);
                }
            }
            assertTrue(nodes.audit().contains(": consistent"));
        }
    }

    @Test
    void aShortPauseEndsNothing() throws Exception {
        try (RealNodes nodes = started(SHORT)) {
            for (int i = 0; i < 3; i++) {
                nodes.get(0).awaitSaid("snapshot", i + 1);
                nodes.get(i).signal("STOP");
                Thread.sleep(1000);
                nodes.get(i).signal("CONT");
            }
            for (RealNode node : nodes.all()) {
                assertEquals(0, node.await(), node::complaint);
                assertEquals(30, node.count("snapshot") + node.count("aborted"));
            }
            nodes.audit();
        }
    }

    @Test
    void aLongPauseIsADeath() throws Exception {
        try (RealNodes nodes = started(ENDLESS)) {
            nodes.get(1).awaitSaid("snapshot", 3);
            long start = System.nanoTime();
            nodes.get(2).signal("STOP");
            for (RealNode node : List.of(nodes.get(0), nodes.get(1))) {
                awaitEnd(node, "channel .* is broken: node 127.0.0.1:\\d+ .*");
                seen("SIGSTOP", start, node);
            }
            nodes.get(2).signal("CONT");
            long woken = System.nanoTime();
            awaitEnd(nodes.get(2), ".*");
            seen("SIGCONT", woken, nodes.get(2));
            assertTrue(nodes.audit().contains(": consistent"));
        }
    }

    @Test
    void manyResetConnectionsDelayAndLoseNothing() throws Exception {
        try (RealNodes nodes = started(SHORT)) {
            nodes.get(0).awaitSaid("started", 1);
            for (int i = 0; nodes.all().stream().allMatch(n -> n.process.isAlive()); i++) {
                Thread.sleep(200);
                if (i < 60) {
                    nodes.proxy(i % 3).reset();
                }
            }
            for (RealNode node : nodes.all()) {
                assertEquals(0, node.await(), node::complaint);
                assertEquals(30, node.count("snapshot") + node.count("aborted"));
                assertTrue(node.count("snapshot") > 0);
            }
            assertTrue(nodes.audit().contains(": consistent"));
        }
    }

    @Test
    void aSlowConnectionHoldsTheSendersBack() throws Exception {
        try (RealNodes nodes = started(SHORT)) {
            nodes.get(0).awaitSaid("snapshot", 1);
            nodes.proxy(1).slow(200_000);
            for (RealNode node : nodes.all()) {
                assertEquals(0, node.await(), node::complaint);
            }
            assertTrue(nodes.audit().contains(": consistent"));
        }
    }

    /** A consumer that is slow: a node that stands still for most of the time. */
    @Test
    void aSlowNodeHoldsTheSendersBack() throws Exception {
        try (RealNodes nodes = started(SHORT)) {
            RealNode slow = nodes.get(1);
            slow.awaitSaid("snapshot", 1);
            while (slow.process.isAlive()) {
                slow.signal("STOP");
                Thread.sleep(80);
                slow.signal("CONT");
                Thread.sleep(20);
            }
            for (RealNode node : nodes.all()) {
                assertEquals(0, node.await(), node::complaint);
                assertEquals(30, node.count("snapshot") + node.count("aborted"));
            }
            assertTrue(nodes.audit().contains(": consistent"));
        }
    }

    @Test
    void aLateNodeIsAwaitedAndOneTooManyIsRefused() throws Exception {
        try (RealNodes nodes = new RealNodes(folder, ENDLESS)) {
            nodes.start();
            nodes.start();
            Thread.sleep(5000);
            assertEquals(0, nodes.get(0).count("started"));
            nodes.start();
            nodes.get(0).awaitSaid("started", 1);
            awaitEnd(nodes.start(), ".*has started without node 127.0.0.1:\\d+");
            nodes.get(0).awaitSaid("snapshot", nodes.get(0).count("snapshot") + 3);
        }
    }
}
