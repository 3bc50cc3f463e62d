package org.chandylamport.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.chandylamport.app.Bank.Account;
import org.chandylamport.app.Bank.Transfer;
import org.chandylamport.check.Report;
import org.chandylamport.check.Verdict;
import org.chandylamport.model.Channel;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.chandylamport.store.JsonCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class NodeTest {

    private static final ProcessId[] P = Nodes.processes(7);

    @Test
    void snapshotsFromAnyNodeAreConsistentCutsOfTheWholeRun() throws Exception {
        List<Snapshot<Account, Transfer>> taken = new ArrayList<>();
        try (Nodes network = Nodes.start(3, Topology.random(7, P), 10_000)) {
            List<ClusterSnapshot<Account, Transfer>> pending = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                pending.add(network.get(i % 3).snapshot(P[i % 7], P[i * 3 % 7]));
            }
            for (ClusterSnapshot<Account, Transfer> snapshot : pending) {
                taken.add(snapshot.join());
                assertEquals(ImmutableSortedSet.of(), snapshot.awaiting().notRecorded());
            }
            assertEquals(Set.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L),
                    Sets.newHashSet(taken.stream().map(s -> s.id().number()).toList()));
            network.awaitEnd();
            network.finish();
            Report report = network.audit(Set.of(), taken);
            assertTrue(report.isClean(), report::toString);
            assertEquals(12, report.snapshots().stream()
                    .filter(v -> v.outcome() == Verdict.Outcome.CONSISTENT).count());
            assertTrue(taken.stream().anyMatch(s -> s.state().inTransit() > 0),
                    "no snapshot holds a message in transit");
        }
    }

    @Test
    void processesAreSpreadAndTakeStepsAndCommandsAndSurviveARestore() throws Exception {
        JsonCodec<Integer> command = JsonCodec.of(Integer.class);
        Channel c = Channel.between(P[0], P[6]);
        Snapshot<Account, Transfer> snapshot;
        try (Nodes network = Nodes.start(2, Topology.complete(P), 1, (i, node) -> node
                .commands(command, (p, amount) -> (account, outbox) -> {
                    if (amount > account.balance()) {
                        throw new IllegalArgumentException(p + " has not got " + amount);
                    }
                    outbox.send(P[0], new Transfer(amount, 0));
                    return new Account(account.balance() - amount, 0, 0, 0);
                }))) {
            assertEquals(ImmutableSortedSet.of(P[0], P[1], P[2], P[3]),
                    network.get(0).processes());
            assertEquals(ImmutableSortedSet.of(P[4], P[5], P[6]), network.get(1).processes());
            network.awaitEnd();
            long before = network.get(0).execute(P[1], (account, outbox) -> account).join()
                    .balance();
            Account after = network.get(0).execute(P[1], (account, outbox) -> {
                outbox.send(P[6], new Transfer(5, 0));
                return new Account(account.balance() - 5, 0, 0, 0);
            }).join();
            assertEquals(before - 5, after.balance());
            assertThrows(IllegalArgumentException.class,
                    () -> network.get(0).execute(P[6], (account, outbox) -> account));
            Account elsewhere = network.get(0).execute(P[6], 3, command).join();
            assertTrue(elsewhere.balance() > 0);
            String tooMuch = assertThrows(CompletionException.class, () -> network.get(0)
                    .execute(P[6], 1_000_000, command).join()).getMessage();
            assertTrue(tooMuch.endsWith("p7 has not got 1000000"), tooMuch);
            snapshot = network.get(1).snapshot(P[3]).join();
            assertThrows(IllegalArgumentException.class, () -> network.get(1).snapshot());
        }
        restore(snapshot, c);
    }

    private static void restore(Snapshot<Account, Transfer> snapshot, Channel c)
            throws Exception {
        var state = Nodes.with(snapshot.state(), c, new Transfer(11, 0), new Transfer(22, 0));
        try (Nodes network = Nodes.start(2, Topology.complete(P), 1, (i, node) -> node
                .firstSnapshot(new SnapshotId(8)), state)) {
            while (network.received() < 2) {
                Thread.sleep(1);
            }
            Snapshot<Account, Transfer> next = network.get(0).snapshot(P[2]).join();
            assertEquals(new SnapshotId(8), next.id());
            assertEquals(snapshot.state().processes().get(P[6]).balance() + 33,
                    next.state().processes().get(P[6]).balance());
        }
    }

    @Test
    void aStartThatLacksANodeSaysSo() {
        Nodes none = Nodes.none(Topology.ring(P));
        String message = assertThrows(IllegalStateException.class, () -> none.configure().nodes(2)
                .startTimeout(Duration.ofSeconds(1)).start()).getMessage();
        assertTrue(message.contains("after 1 s: 0 of 2 nodes have joined"), message);
        String taken = assertThrows(IllegalStateException.class, () -> none.configure()
                .listening(address -> none.configure().listen(address).start()).start())
                .getMessage();
        assertTrue(taken.startsWith("cannot listen at 127.0.0.1:"), taken);
        String wrong = assertThrows(IllegalArgumentException.class,
                () -> none.configure().listen("nowhere").start()).getMessage();
        assertTrue(wrong.contains("not 'nowhere'"), wrong);
    }

    @Test
    void aNodeThatComesLateOrWithAnotherTopologyIsRefused() throws Exception {
        try (Nodes network = Nodes.start(1, Topology.ring(P), 1)) {
            List<String> seed = List.of(network.get(0).hostAndPort());
            String late = assertThrows(IllegalStateException.class,
                    () -> network.configure().seeds(seed).start()).getMessage();
            assertTrue(late.contains("has started without node 127.0.0.1:"), late);
            assertFalse(network.get(0).failure().isPresent());
            network.get(0).snapshot(P[0]).join();
        }
        CompletionException other = assertThrows(CompletionException.class, () -> Nodes.start(
                2, Topology.ring(P), 1, (i, node) -> {},
                i -> i == 0 ? Topology.ring(P) : Topology.complete(P)));
        assertTrue(String.valueOf(other.getMessage()).contains("another topology"),
                other.getMessage());
    }
}
