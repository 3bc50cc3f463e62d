package org.chandylamport.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.chandylamport.cli.Outcome.Taken;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.trace.TraceWriter;
import org.jspecify.annotations.Nullable;

/** Runs an app on several nodes, each a JVM on this machine, and gathers what they say. */
final class ClusterRun {

    private static final long PAUSE_MILLIS = 20;
    private static final long LISTEN_SECONDS = 60;

    private final List<String> arguments;
    private final List<String> saving;
    private final int count;
    private final SnapshotOptions snapshots;
    private final Path folder;
    private final boolean isTraced;
    private final boolean isShort;
    private final List<NodeProcess> nodes = new ArrayList<>();
    private final Map<Integer, List<String>> processes = new ConcurrentHashMap<>();
    private final Map<Long, Taken> taken = new ConcurrentSkipListMap<>();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong known = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong nanos = new AtomicLong();

    /**
     * @param arguments of every node: the app and its graph
     * @param saving arguments of the first node, which then asks for all snapshots; or none
     * @param count how many nodes
     * @param snapshots how many in all, and how many of each node at a time
     * @param folder where the traces go, if there are any
     * @param isShort whether the nodes will not run for long enough to be compiled well
     */
    ClusterRun(List<String> arguments, List<String> saving, int count, SnapshotOptions snapshots,
            Path folder, boolean isTraced, boolean isShort) {
        this.arguments = arguments;
        this.saving = saving;
        this.count = count;
        this.snapshots = snapshots;
        this.folder = folder;
        this.isTraced = isTraced;
        this.isShort = isShort;
    }

    /**
     * What came of a run.
     *
     * @param received how many messages
     * @param nanos from the start until the last message was received
     * @param taken the snapshots that have ended, in order
     * @param refused how many snapshots were asked for in vain
     * @param traces the traces that the nodes left
     * @param lost the processes of nodes that left an unfinished trace
     * @param complaints what went wrong, a sentence each
     */
    record Gathered(
            long received,
            long nanos,
            ImmutableList<Taken> taken,
            long refused,
            ImmutableList<String> traces,
            Set<ProcessId> lost,
            ImmutableList<String> complaints) {}

    /**
     * Runs to the end.
     *
     * @param progress is told from time to time how many messages have been received
     */
    Gathered run(LongConsumer progress) throws IOException {
        Thread killer = new Thread(this::killAll);
        Runtime.getRuntime().addShutdownHook(killer);
        try {
            startAll();
            while (nodes.stream().anyMatch(NodeProcess::isAlive)) {
                progress.accept(known.get());
                if (processes.size() < count && !nodes.stream().allMatch(NodeProcess::isAlive)) {
                    killAll(); // A node that never started leaves the others waiting.
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
            return gathered();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            killAll();
            Runtime.getRuntime().removeShutdownHook(killer);
        }
    }

    private void startAll() throws IOException, InterruptedException {
        CompletableFuture<String> seed = new CompletableFuture<>();
        nodes.add(start(0, seed, List.of()));
        try {
            List<String> seeds = List.of("--seed-nodes", listening(seed));
            for (int i = 1; i < count; i++) {
                nodes.add(start(i, new CompletableFuture<>(), seeds));
            }
        } catch (TimeoutException | CompletionException e) {
            killAll();
        }
    }

    private String listening(CompletableFuture<String> seed)
            throws InterruptedException, TimeoutException {
        for (long left = LISTEN_SECONDS * 1000; left > 0; left -= PAUSE_MILLIS) {
            if (seed.isDone()) {
                return seed.join();
            } else if (!nodes.get(0).isAlive()) {
                break;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        throw new TimeoutException();
    }

    private NodeProcess start(int node, CompletableFuture<String> address, List<String> seeds)
            throws IOException {
        List<String> all = new ArrayList<>(arguments);
        int wanted = snapshots.count();
        int share = wanted / count + (node < wanted % count ? 1 : 0);
        if (!saving.isEmpty()) { // One program at a time saves to a directory.
            share = node == 0 ? wanted : 0;
            all.addAll(node == 0 ? saving : List.of());
        }
        all.addAll(isTraced ? List.of("--trace", trace(node).toString()) : List.of());
        all.addAll(List.of("--nodes", Integer.toString(count),
                "--snapshots", Integer.toString(share),
                "--overlap", Integer.toString(snapshots.overlap())));
        all.addAll(seeds);
        return NodeProcess.start(isShort, all, said -> said(node, said, address));
    }

    private Path trace(int node) {
        return folder.resolve("node-" + (node + 1) + ".ndjson");
    }

    private void said(int node, JsonNode event, CompletableFuture<String> address) {
        switch (event.path("event").asText()) {
            case "listening" -> address.complete(event.path("address").asText());
            case "started" -> {
                List<String> names = new ArrayList<>();
                event.path("processes").forEach(p -> names.add(p.asText()));
                processes.put(node, names);
            }
            case "received" -> known.accumulateAndGet(event.path("count").asLong(), Math::max);
            case "snapshot", "aborted" -> ended(event);
            case "finished" -> {
                received.addAndGet(event.path("received").asLong());
                nanos.accumulateAndGet(event.path("nanos").asLong(), Math::max);
            }
            default -> throw new IllegalStateException("a node says " + event);
        }
    }

    private void ended(JsonNode event) {
        if (!event.has("snapshot")) {
            refused.incrementAndGet();
            return;
        }
        SnapshotId id = new SnapshotId(event.path("snapshot").asLong());
        long took = event.path("nanos").asLong();
        List<ProcessId> initiators = new ArrayList<>();
        event.path("initiators").forEach(p -> initiators.add(new ProcessId(p.asText())));
        taken.put(id.number(), event.has("cause")
                ? Taken.aborted(id, took, event.path("cause").asText())
                : new Taken(id, ImmutableSortedSet.copyOf(initiators),
                        event.path("inTransit").asLong(), took,
                        Optional.empty(), Optional.empty()));
    }

    private void killAll() {
        nodes.forEach(NodeProcess::kill);
    }

    private Gathered gathered() throws InterruptedException {
        ImmutableList.Builder<String> traces = ImmutableList.builder();
        ImmutableList.Builder<String> complaints = ImmutableList.builder();
        Set<ProcessId> lost = new HashSet<>();
        for (int i = 0; i < nodes.size(); i++) {
            String complaint = complaint(i, nodes.get(i).await(), nodes.get(i).complaint());
            if (complaint != null) {
                complaints.add(complaint);
            }
            Path whole = trace(i);
            Path unfinished = whole.resolveSibling(whole.getFileName() + TraceWriter.UNFINISHED);
            if (Files.exists(whole)) {
                traces.add(whole.toString());
            } else if (Files.exists(unfinished)) {
                traces.add(unfinished.toString());
                processes.getOrDefault(i, List.of()).forEach(p -> lost.add(new ProcessId(p)));
            }
        }
        return new Gathered(received.get(), nanos.get(),
                ImmutableList.copyOf(taken.values()), refused.get(),
                traces.build(), lost, complaints.build());
    }

    private static @Nullable String complaint(int node, int status, String said) {
        if (status == Main.OK) {
            return null;
        }
        String name = "node " + (node + 1);
        return said.isEmpty()
                ? name + " was ended from outside, with exit status " + status
                : name + ": " + said.lines().reduce((first, last) -> last).orElse("")
                        .replaceFirst("^chandy-lamport: ", "");
    }
}
