package org.chandylamport.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.chandylamport.app.Bank.Account;
import org.chandylamport.app.Bank.Transfer;
import org.chandylamport.check.Report;
import org.chandylamport.check.Verdict;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that are reset, nodes that go, channels that are full: in short, in one JVM. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
@Tag("deep")
class FaultTest {

    private static final ProcessId[] P = Nodes.processes(6);
    private static final Topology RANDOM = Topology.random(3, P);
    private static final int CUTS = 6;

    private final List<Snapshot<Account, Transfer>> complete = new ArrayList<>();
    private final Map<SnapshotId, String> aborted = new HashMap<>();
    private final List<Proxy> proxies = new ArrayList<>();

    /** Runs three nodes behind proxies whose connections are reset under load. */
    private Nodes cut(Delivery delivery) throws Exception {
        for (int i = 0; i < 3; i++) {
            proxies.add(new Proxy(Proxy.freePort()));
        }
        Nodes network = Nodes.start(3, RANDOM, 200_000, (i, node) -> {
            Proxy proxy = proxies.get(i);
            node.listen("127.0.0.1:" + proxy.target()).advertise("127.0.0.1:" + proxy.port())
                    .delivery(delivery).snapshotTimeout(Duration.ofSeconds(5));
        });
        List<ClusterSnapshot<Account, Transfer>> asked = new ArrayList<>();
        for (int i = 0; i < CUTS * 4; i++) {
            awaitMore(network, 200);
            Node<Account, Transfer> node = network.get(i % 3);
            if (node.failure().isEmpty()) {
                asked.add(node.snapshot(P[i % P.length]));
            }
            if (i % 4 == 3) {
                proxies.get(i / 4 % 3).reset();
            }
        }
        for (ClusterSnapshot<Account, Transfer> one : asked) {
            try {
                complete.add(one.join());
            } catch (CompletionException e) {
                if (!one.id().isCompletedExceptionally()) {
                    aborted.put(one.id().join(), e.getCause().getMessage());
                }
            }
        }
        return network;
    }

    /** Waits for more messages, or until no more seem to come. */
    private static void awaitMore(Nodes network, long count) throws InterruptedException {
        long enough = network.received() + count;
        for (int i = 0; i < 1000 && network.received() < enough; i++) {
            Thread.sleep(1);
        }
    }

    @Test
    void resetConnectionsDelayAndLoseNothing() throws Exception {
        try (Nodes network = cut(Delivery.RELIABLE)) {
            for (Node<Account, Transfer> node : network.all()) {
                assertTrue(node.failure().isEmpty(), () -> node.failure().toString());
            }
            network.awaitMore(network.received() + 1000);
            Report report = stopped(network);
            assertTrue(report.isClean(), report::toString);
            assertTrue(complete.size() >= CUTS, aborted::toString);
        }
    }

    @Test
    void withoutReliableDeliveryTheNumbersBreakTheChannelAndNoSnapshotIsWrong() throws Exception {
        try (Nodes network = cut(Delivery.CHECKED)) {
            network.awaitFailure();
            String failure = network.get(0).failure().orElseThrow().getMessage();
            assertTrue(failure.matches("channel p\\d->p\\d.* is broken: number.* missing.*"),
                    failure);
            assertEquals(failure, assertThrows(IllegalStateException.class,
                    () -> network.get(0).snapshot(P[0])).getMessage());
            Report report = stopped(network);
            assertTrue(report.snapshots().stream().noneMatch(FaultTest::isWrong),
                    report::toString);
            assertEquals(List.of(), report.trace());
        }
    }

    /** The control: what the numbers are for. */
    @Test
    void withoutNumbersEitherSnapshotsAreWrongAndTheAuditFindsThem() throws Exception {
        try (Nodes network = cut(Delivery.BARE)) {
            assertTrue(network.get(0).failure().isEmpty(), "nobody looks at numbers");
            Report report = stopped(network);
            assertTrue(report.snapshots().stream().anyMatch(FaultTest::isWrong),
                    () -> "complete " + complete.size() + ", aborted " + aborted + report);
            assertFalse(report.trace().isEmpty());
        }
    }

    private static boolean isWrong(Verdict verdict) {
        return verdict.outcome() == Verdict.Outcome.INCONSISTENT;
    }

    /** The audit of the whole run, after its end. */
    private Report stopped(Nodes network) throws IOException {
        network.close();
        for (Proxy proxy : proxies) {
            proxy.close();
        }
        return network.audit(Set.of(), complete, aborted);
    }
}
