package org.chandylamport.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.Channel;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.Topology;
import org.chandylamport.store.JsonCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What two nodes do with more than they can carry, and with what goes wrong in a process. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LimitsTest {

    private static final ProcessId[] P = Nodes.processes(4);
    private static final Topology RING = Topology.ring(P);

    private static NodeConfiguration<Integer, String> strings(
            Behavior<Integer, String> behavior, int mostBytes) {
        return Node.configure(RING, p -> behavior, GlobalState.initial(RING, 0),
                JsonCodec.of(Integer.class), JsonCodec.of(String.class, mostBytes));
    }

    /** Two nodes that are connected. */
    private record Pair<S, M>(Node<S, M> first, Node<S, M> second) implements AutoCloseable {

        static <S, M> Pair<S, M> start(Supplier<NodeConfiguration<S, M>> configured) {
            CompletableFuture<String> seed = new CompletableFuture<>();
            CompletableFuture<Node<S, M>> first = CompletableFuture.supplyAsync(() -> configured
                    .get().nodes(2).listening(seed::complete).start(), task ->
                    new Thread(task).start());
            Node<S, M> second =
                    configured.get().nodes(2).seeds(List.of(seed.join())).start();
            return new Pair<>(first.join(), second);
        }

        String failure() throws InterruptedException {
            while (first.failure().isEmpty() || second.failure().isEmpty()) {
                Thread.sleep(1);
            }
            return first.failure().get().getMessage();
        }

        @Override
        public void close() {
            first.close();
            second.close();
        }
    }

    @Test
    void aCycleOfFullChannelsIsNamedAndWhatIsInFlightIsBounded() throws Exception {
        int capacity = 3;
        int window = 8;
        Config narrow = ConfigFactory.parseString(
                "pekko.reliable-delivery.consumer-controller.flow-control-window = " + window);
        LongAdder sent = new LongAdder();
        Behavior<Integer, String> twice = (count, from, message, outbox) -> {
            Channel to = RING.outgoing(from.to()).get(0);
            outbox.send(to, message);
            outbox.send(to, message);
            sent.add(2);
            return count + 1;
        };
        try (Pair<Integer, String> pair = Pair.start(() ->
                strings(twice, 100).capacity(capacity).pekko(narrow))) {
            pair.first.execute(P[0], (count, outbox) -> {
                outbox.send(P[1], "x");
                return count;
            }).join();
            CompletionException aborted = assertThrows(CompletionException.class,
                    () -> { // Until the channels are full, snapshots may complete.
                        while (true) {
                            pair.second.snapshot(P[2]).join();
                        }
                    });
            assertTrue(aborted.getCause().getMessage().contains("the channels p"),
                    aborted::toString);
            assertTrue(aborted.getCause().getMessage().contains("are full, in a cycle"),
                    aborted::toString);
            long received = pair.first.received() + pair.second.received();
            long inFlight = sent.sum() + 1 - received;
            long batch = capacity + 1; // What waits travels together: a step too much, at most.
            long most = P.length * batch * (1 + window + 2L);
            assertTrue(inFlight >= P.length * capacity && inFlight <= most,
                    inFlight + " of at most " + most);
        }
    }

    @Test
    void whatAProcessDoesWrongStopsTheNetworkAndNamesIt() throws Exception {
        Behavior<Integer, String> throwing = (count, from, message, outbox) -> {
            throw new IllegalArgumentException("no " + message);
        };
        try (Pair<Integer, String> pair = Pair.start(() -> strings(throwing, 100))) {
            pair.first.execute(P[1], (count, outbox) -> {
                outbox.send(P[2], "thanks");
                return count;
            });
            assertEquals("process p3 failed: java.lang.IllegalArgumentException: no thanks",
                    pair.failure());
            assertThrows(IllegalStateException.class, () -> pair.second.snapshot(P[0]));
        }
    }

    @Test
    void largeMessagesTravelInPiecesAndTooLargeOnesAreRefused() throws Exception {
        Behavior<Integer, String> measure =
                (count, from, message, outbox) -> count + message.length();
        try (Pair<Integer, String> pair = Pair.start(() -> strings(measure, 2_000_000))) {
            String large = "x".repeat(1_500_000);
            pair.first.execute(P[1], (count, outbox) -> {
                outbox.send(P[2], large);
                return count;
            }).join();
            while (pair.second.received() == 0) {
                Thread.sleep(1);
            }
            Snapshot<Integer, String> snapshot = pair.first.snapshot(P[0]).join();
            assertEquals(large.length(), snapshot.state().processes().get(P[2]));
            assertThrows(CompletionException.class, () -> pair.first.execute(P[1],
                    (count, outbox) -> {
                        outbox.send(P[2], large + large);
                        return count;
                    }).join());
            assertEquals("channel p2->p3 is broken: a message cannot be sent: a String takes"
                    + " 3000002 bytes; 2000000 are allowed", pair.failure());
        }
    }

    @Test
    void aNodeThatLeavesEndsSnapshotsForTheOthers() throws Exception {
        try (Pair<Integer, String> pair =
                Pair.start(() -> strings((count, from, message, outbox) -> count, 100))) {
            pair.first.snapshot(P[3]).join();
            pair.second.close();
            String failure = pair.failure();
            assertTrue(failure.matches("channel p\\d->p\\d is broken: node 127.0.0.1:\\d+ .*"),
                    failure);
            assertThrows(IllegalStateException.class, () -> pair.first.snapshot(P[0]));
        }
    }

    @Test
    void nodesWithTheSameKeysTalkEncryptedAndOthersDoNotGetIn(@TempDir Path folder)
            throws Exception {
        Path keys = folder.resolve("keys.p12");
        assertEquals(0, new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "node", "-keyalg", "EC", "-dname", "CN=node",
                "-ext", "san=ip:127.0.0.1", "-validity", "2", "-storetype", "PKCS12",
                "-keystore", keys.toString(), "-storepass", "secret").start().waitFor());
        Config tls = ConfigFactory.parseString("pekko.remote.artery { transport = tls-tcp,"
                + " ssl.config-ssl-engine { key-store = \"" + keys + "\", trust-store = \"" + keys
                + "\", key-store-password = secret, key-password = secret,"
                + " trust-store-password = secret, protocol = TLSv1.3,"
                + " enabled-algorithms = [TLS_AES_256_GCM_SHA384],"
                + " hostname-verification = on } }");
        Behavior<Integer, String> idle = (count, from, message, outbox) -> count;
        try (Pair<Integer, String> pair = Pair.start(() -> strings(idle, 100).pekko(tls))) {
            assertEquals(0, pair.second.snapshot(P[0]).join().state().inTransit());
            String refused = assertThrows(IllegalStateException.class, () -> strings(idle, 100)
                    .seeds(List.of(pair.first.hostAndPort()))
                    .startTimeout(Duration.ofSeconds(3)).start()).getMessage();
            assertTrue(refused.contains("0 of 1 nodes have joined"), refused);
        }
    }
}
