package org.chandylamport.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.remote.RemoteActorRefProvider;
import org.chandylamport.app.Bank.Account;
import org.chandylamport.app.Bank.Transfer;
import org.chandylamport.check.Report;
import org.chandylamport.check.Verdict;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import scala.Some;

/** Connections that are reset, and nodes that go: in short, in one JVM. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class FaultTest {

    private static final ProcessId[] P = Nodes.processes(6);
    private static final Topology RANDOM = Topology.random(3, P);
    private static final long ENDLESS = 1_000_000_000;
    private static final int CUTS = 6;

    private final List<Snapshot<Account, Transfer>> complete = new ArrayList<>();
    private final Map<SnapshotId, String> aborted = new HashMap<>();
    private final List<Proxy> proxies = new ArrayList<>();

    /** Three nodes under load, behind proxies. */
    private Nodes start(Delivery delivery) throws Exception {
        for (int i = 0; i < 3; i++) {
            proxies.add(new Proxy(Proxy.freePort()));
        }
        return Nodes.start(3, RANDOM, ENDLESS, (i, node) -> {
            Proxy proxy = proxies.get(i);
            node.listen("127.0.0.1:" + proxy.target()).advertise("127.0.0.1:" + proxy.port())
                    .delivery(delivery).snapshotTimeout(Duration.ofSeconds(3));
        });
    }

    /** The snapshot, or null if it was given up. */
    private Snapshot<Account, Transfer> ended(ClusterSnapshot<Account, Transfer> asked) {
        try {
            complete.add(asked.join());
            return complete.get(complete.size() - 1);
        } catch (CompletionException e) {
            if (!asked.id().isCompletedExceptionally()) {
                aborted.put(asked.id().join(), e.getCause().getMessage());
            }
            return null;
        }
    }

    @Test
    void resetConnectionsDelayAndLoseNothing() throws Exception {
        try (Nodes network = start(Delivery.RELIABLE)) {
            List<ClusterSnapshot<Account, Transfer>> asked = new ArrayList<>();
            for (int i = 0; i < CUTS; i++) {
                network.awaitMore(network.received() + 200);
                asked.add(network.get(i % 3).snapshot(P[i % P.length]));
                proxies.get(i % 3).reset();
            }
            asked.forEach(this::ended);
            network.awaitMore(network.received() + 1000);
            while (ended(network.get(0).snapshot(P[0])) == null) {
                Thread.yield();
            }
            for (Node<Account, Transfer> node : network.all()) {
                assertTrue(node.failure().isEmpty(), () -> node.failure().toString());
            }
            Report report = stopped(network);
            assertTrue(report.isClean(), report::toString);
        }
    }

    @Test
    void withoutReliableDeliveryTheNumbersBreakTheChannelAndNoSnapshotIsWrong() throws Exception {
        try (Nodes network = start(Delivery.CHECKED)) {
            for (int i = 0; network.get(0).failure().isEmpty(); i++) {
                ClusterSnapshot<Account, Transfer> asked;
                try {
                    asked = network.get(0).snapshot(P[i % P.length]);
                } catch (IllegalStateException e) {
                    break; // A channel broke just now.
                }
                proxies.get(i % 3).reset();
                ended(asked); // Until then the connections are there again.
            }
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

    /** The control: what the numbers are for. Connections are reset until it shows. */
    @Test
    void withoutNumbersEitherSnapshotsAreWrongAndTheAuditFindsThem() throws Exception {
        try (Nodes network = start(Delivery.BARE)) {
            Snapshot<Account, Transfer> snapshot = null;
            for (int i = 0; snapshot == null || !network.lacksMoney(snapshot); i++) {
                proxies.get(i % 3).reset();
                snapshot = ended(network.get(0).snapshot(P[i % P.length]));
            }
            SnapshotId wrong = snapshot.id();
            assertTrue(network.get(0).failure().isEmpty(), "nobody looks at numbers");
            Report report = stopped(network);
            assertTrue(report.snapshots().stream()
                            .anyMatch(verdict -> verdict.snapshot().equals(wrong)
                                    && isWrong(verdict)),
                    () -> "complete " + complete.size() + ", aborted " + aborted + report);
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

    /** Nobody takes a node for dead here, so that nothing but the quarantine can be noticed. */
    @Test
    void aNodeThatIsQuarantinedIsLost() throws Exception {
        Config noDowning = ConfigFactory.parseString("pekko.cluster.downing-provider-class = \"\"");
        try (Nodes network =
                Nodes.start(3, RANDOM, ENDLESS, (i, node) -> node.pekko(noDowning))) {
            UniqueAddress lost =
                    Cluster.get(network.get(2).system().actors()).selfMember().uniqueAddress();
            ExtendedActorSystem first = (ExtendedActorSystem)
                    Adapter.toClassic(network.get(0).system().actors());
            ((RemoteActorRefProvider) first.provider()).transport().quarantine(
                    lost.address(), new Some<>(lost.longUid()), "a test");
            assertLost(network, "is quarantined");
        }
    }

    @Test
    void aNodeWhoseActorEndsIsLost() throws Exception {
        try (Nodes network = Nodes.start(3, RANDOM, ENDLESS)) {
            network.get(2).system().tell(new NodeMessage.LineEnded("up"));
            assertLost(network, "has ended");
            assertTrue(network.get(2).failure().orElseThrow().getMessage()
                    .endsWith("the line up has ended"));
        }
    }

    private static void assertLost(Nodes network, String how) throws Exception {
        network.awaitFailure();
        String failure = network.get(1).failure().orElseThrow().getMessage();
        assertEquals("node " + network.get(2).hostAndPort() + " " + how,
                failure.replaceFirst("^channel p\\d->p\\d.* is broken: ", ""));
        assertThrows(IllegalStateException.class, () -> network.get(0).snapshot(P[0]));
    }
}
