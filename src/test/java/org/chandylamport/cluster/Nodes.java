package org.chandylamport.cluster;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.chandylamport.app.Bank;
import org.chandylamport.app.Bank.Account;
import org.chandylamport.app.Bank.Transfer;
import org.chandylamport.check.Audit;
import org.chandylamport.check.Report;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.chandylamport.store.JsonCodec;

/** Several nodes in this JVM, each an actor system of its own, connected by TCP on loopback. */
final class Nodes implements AutoCloseable {

    private final Topology topology;
    private final Bank bank;
    private final GlobalState<Account, Transfer> initial;
    private final List<Node<Account, Transfer>> nodes = new ArrayList<>();
    private final List<Event<Account, Transfer>> events = new ArrayList<>();

    private Nodes(Topology topology, long messages, GlobalState<Account, Transfer> initial) {
        this.topology = topology;
        this.bank = new Bank(topology, messages, 7);
        this.initial = initial;
    }

    static Nodes none(Topology topology) {
        return new Nodes(topology, 1, new Bank(topology, 1, 7).initial());
    }

    static ProcessId[] processes(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> new ProcessId("p" + i))
                .toArray(ProcessId[]::new);
    }

    /** The state with these messages in a channel. */
    static GlobalState<Account, Transfer> with(
            GlobalState<Account, Transfer> state, Channel c, Transfer... messages) {
        Map<Channel, List<Transfer>> channels = new HashMap<>(state.channels());
        channels.put(c, List.of(messages));
        return GlobalState.of(state.processes(), channels);
    }

    /** A node of the bank that is not started. */
    NodeConfiguration<Account, Transfer> configure() {
        return configure(topology, initial);
    }

    private NodeConfiguration<Account, Transfer> configure(
            Topology graph, GlobalState<Account, Transfer> state) {
        return Node.configure(graph, new Bank(graph, 1, 7)::behavior, state,
                        JsonCodec.of(Account.class), JsonCodec.of(Transfer.class))
                .trace(event -> {
                    synchronized (events) {
                        events.add(event);
                    }
                }, () -> {});
    }

    static Nodes start(int count, Topology topology, long messages) throws Exception {
        return start(count, topology, messages, (i, configuration) -> {});
    }

    static Nodes start(int count, Topology topology, long messages,
            BiConsumer<Integer, NodeConfiguration<Account, Transfer>> more) throws Exception {
        return start(count, topology, messages, more, new Bank(topology, messages, 7).initial());
    }

    static Nodes start(int count, Topology topology, long messages,
            BiConsumer<Integer, NodeConfiguration<Account, Transfer>> more,
            GlobalState<Account, Transfer> initial) throws Exception {
        Nodes network = new Nodes(topology, messages, initial);
        network.start(count, more, i -> network.configure());
        return network;
    }

    /** Starts nodes that were given each a topology of its own. */
    static Nodes start(int count, Topology topology, long messages,
            BiConsumer<Integer, NodeConfiguration<Account, Transfer>> more,
            IntFunction<Topology> each) throws Exception {
        Nodes network = none(topology);
        network.start(count, more, i -> network.configure(
                each.apply(i), new Bank(each.apply(i), messages, 7).initial()));
        return network;
    }

    private void start(int count, BiConsumer<Integer, NodeConfiguration<Account, Transfer>> more,
            IntFunction<NodeConfiguration<Account, Transfer>> configured) throws Exception {
        CompletableFuture<String> seed = new CompletableFuture<>();
        ExecutorService starter = Executors.newCachedThreadPool();
        List<CompletableFuture<Node<Account, Transfer>>> starting = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            NodeConfiguration<Account, Transfer> configuration =
                    configured.apply(i).nodes(count);
            more.accept(i, configuration);
            boolean isFirst = i == 0;
            CompletableFuture<Node<Account, Transfer>> node =
                    CompletableFuture.supplyAsync(() -> (isFirst
                            ? configuration.listening(seed::complete)
                            : configuration.seeds(List.of(seed.join()))).start(), starter);
            node.whenComplete((started, failure) -> seed.cancel(false));
            starting.add(node);
        }
        starter.shutdown();
        try {
            for (CompletableFuture<Node<Account, Transfer>> node : Lists.reverse(starting)) {
                nodes.add(0, node.join());
            }
        } catch (RuntimeException e) {
            starting.forEach(node -> node.thenAccept(Node::close));
            throw e;
        }
    }

    Node<Account, Transfer> get(int i) {
        return nodes.get(i);
    }

    ImmutableList<Node<Account, Transfer>> all() {
        return ImmutableList.copyOf(nodes);
    }

    /** How many messages have been received, by all. */
    long received() {
        return nodes.stream().mapToLong(Node::received).sum();
    }

    /** Waits until the bank has sent its last message. */
    void awaitEnd() throws InterruptedException {
        awaitMore(bank.messages());
    }

    /** Waits until so many messages have been received. */
    void awaitMore(long count) throws InterruptedException {
        while (received() < count) {
            Thread.sleep(1);
        }
    }

    /** Waits until every node says that the network is broken. */
    void awaitFailure() throws InterruptedException {
        while (!nodes.stream().allMatch(node -> node.failure().isPresent())) {
            Thread.sleep(1);
        }
    }

    /** Whether money is missing in a snapshot, or too much. */
    boolean lacksMoney(Snapshot<Account, Transfer> snapshot) {
        return bank.violation(snapshot.state()).isPresent();
    }

    /** Has all nodes say that they are done. */
    void finish() {
        nodes.stream().map(Node::finish).toList().forEach(CompletableFuture::join);
    }

    /** What the audit says of these snapshots of the run, which is over. */
    Report audit(Set<ProcessId> lost, List<Snapshot<Account, Transfer>> snapshots) {
        return audit(lost, snapshots, Map.of());
    }

    /** What the audit says of these snapshots of the run, and of those that were aborted. */
    Report audit(Set<ProcessId> lost, List<Snapshot<Account, Transfer>> snapshots,
            Map<SnapshotId, String> aborted) {
        Audit<Account, Transfer> audit = new Audit<>(topology, initial, lost);
        synchronized (events) {
            events.forEach(audit::event);
        }
        snapshots.forEach(audit::snapshot);
        aborted.forEach(audit::aborted);
        return audit.finish();
    }

    @Override
    public void close() {
        nodes.parallelStream().forEach(Node::close);
    }
}
