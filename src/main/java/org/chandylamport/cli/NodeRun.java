package org.chandylamport.cli;

import com.google.common.base.Throwables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.chandylamport.cluster.ClusterSnapshot;
import org.chandylamport.cluster.Node;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Topology;

/**
 * One node's part in a run of an app that is spread over several nodes, with snapshots over the
 * course of the whole run.
 */
final class NodeRun<S, M> {

    private static final long PAUSE_NANOS = 2_000_000;
    private static final long REPORTS_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long END_SECONDS = 60;
    private static final int MOST_INITIATORS = 3;

    private final Node<S, M> node;
    private final List<ProcessId> processes;
    private final long total;
    private final int snapshots;
    private final int overlap;
    private final Random random;
    private final SnapshotsOfNode<S, M> outcome;
    private final NodeReport report;
    private final List<CompletableFuture<Void>> taken = new ArrayList<>();
    private final long start = System.nanoTime();
    private long lastReceived;
    private long lastChange = start;

    /**
     * @param total how many messages all nodes together will have received at the end
     * @param snapshots how many snapshots this node asks for, and how many of them at a time
     */
    NodeRun(Node<S, M> node, Topology topology, long total, SnapshotOptions snapshots,
            Random random, SnapshotsOfNode<S, M> outcome, NodeReport report) {
        this.node = node;
        this.processes = new ArrayList<>(topology.processes());
        this.total = total;
        this.snapshots = snapshots.count();
        this.overlap = snapshots.overlap();
        this.random = random;
        this.outcome = outcome;
        this.report = report;
    }

    /**
     * Runs until the app has come to its end everywhere.
     *
     * @throws IOException if the network broke, or a snapshot could not be saved
     */
    void run() throws IOException {
        long reported = -1;
        long nextReport = start;
        while (!isOver()) {
            long known = node.receivedByAll();
            while (taken.size() < due(known) && open() < overlap) {
                ask();
            }
            if (known != reported && System.nanoTime() - nextReport >= 0) {
                report.received(known);
                reported = known;
                nextReport = System.nanoTime() + REPORTS_NANOS;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            noteReceived();
        }
        outcome.requireSaved();
        report.finished(node.received(), lastChange - start);
        end();
    }

    private long open() {
        return taken.stream().filter(snapshot -> !snapshot.isDone()).count();
    }

    private void noteReceived() {
        long received = node.received();
        if (received != lastReceived) {
            lastReceived = received;
            lastChange = System.nanoTime();
        }
    }

    private boolean isOver() throws IOException {
        outcome.requireSaved();
        Optional<Throwable> failure = node.failure();
        if (failure.isPresent()) {
            taken.forEach(CompletableFuture::join);
            throw broken(failure.get());
        }
        return node.receivedByAll() >= total && taken.size() == snapshots
                && taken.stream().allMatch(CompletableFuture::isDone);
    }

    private static IOException broken(Throwable failure) {
        return new IOException(String.valueOf(failure.getMessage()), failure);
    }

    /** How many snapshots are due after so many messages: evenly spread. */
    private long due(long received) {
        double share = total == 0 ? 1 : (double) received / total;
        return Math.min(snapshots, (long) (share * (snapshots + 1)) + (received > 0 ? 1 : 0));
    }

    private void ask() {
        Collections.shuffle(processes, random);
        int several = random.nextInt(MOST_INITIATORS) + 1;
        ClusterSnapshot<S, M> asked;
        try {
            asked = node.snapshot(processes.subList(0, Math.min(several, processes.size()))
                    .toArray(ProcessId[]::new));
        } catch (IllegalStateException e) {
            taken.add(CompletableFuture.completedFuture(null)); // The failure is told by isOver.
            return;
        }
        taken.add(asked.future().handle((snapshot, failure) -> {
            if (failure == null) {
                outcome.complete(snapshot, asked.duration().toNanos());
            } else {
                outcome.aborted(asked, failure);
            }
            return null;
        }));
    }

    private void end() throws IOException {
        try {
            node.finish().get(END_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | CompletionException e) {
            throw broken(Throwables.getRootCause(e));
        } catch (TimeoutException e) {
            throw new IOException("the other nodes have not come to their end after "
                    + END_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
