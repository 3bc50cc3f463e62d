package org.chandylamport.runtime;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import com.google.common.collect.Multimaps;
import com.google.common.collect.Sets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BooleanSupplier;
import org.chandylamport.model.Channel;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.protocol.Assembly;
import org.chandylamport.protocol.Recording;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot that has been initiated and will be complete when each process has recorded its state
 * and received the marker along each incoming channel.
 *
 * <table>
 * <caption>Shared fields</caption>
 * <tr><th>field</th><th>written by</th><th>read by</th><th>access</th><th>why</th></tr>
 * <tr><td>recordings[i]</td><td>process i, once</td><td>any thread</td><td>release, acquire</td>
 *     <td>publishes the recording to {@link #awaiting}</td></tr>
 * <tr><td>recordedAt[i]</td><td>process i, before recordings[i]</td><td>any thread</td>
 *     <td>plain</td><td>ordered by recordings[i]</td></tr>
 * <tr><td>recordings</td><td>who ends the snapshot, to null</td><td>any thread</td>
 *     <td>volatile</td><td>releases what was recorded: a log lives as long as its links</td></tr>
 * <tr><td>atEnd</td><td>who fails the snapshot, before recordings</td><td>any thread</td>
 *     <td>volatile</td><td>ordered by recordings</td></tr>
 * <tr><td>initiators</td><td>who asks (to false), the process (to true)</td><td>any thread</td>
 *     <td>a concurrent map</td><td>who was asked to initiate it, and whether it did</td></tr>
 * <tr><td>incomplete</td><td>processes</td><td>processes</td><td>volatile decrement</td>
 *     <td>the last one sees all recordings whole, and is the only one</td></tr>
 * <tr><td>endedAt</td><td>who ends the snapshot</td><td>any thread</td><td>volatile</td>
 *     <td>statistics</td></tr>
 * </table>
 *
 * <p>Memory consistency effects: what each process did before it recorded its state, and all that
 * it did until the last marker arrived there, happens-before {@link #join} returns.
 *
 * <p>Progress: completing is lock-free for the processes, apart from the executor; {@link #join}
 * blocks.
 */
public final class PendingSnapshot<S, M> {

    private final SnapshotId id;
    private final Assembly assembly;
    private final BooleanSupplier onWorker;
    private volatile @Nullable AtomicReferenceArray<@Nullable Recording<S, M>> recordings;
    private final long[] recordedAt;
    private volatile Awaiting atEnd = Awaiting.NOTHING;
    private final AtomicInteger incomplete;
    private final Map<ProcessId, Boolean> initiators = new ConcurrentSkipListMap<>();
    private final Delivery<Snapshot<S, M>> delivery;
    private final long initiatedAt = System.nanoTime();
    private volatile long endedAt;

    PendingSnapshot(
            SnapshotId id, Assembly assembly, Executor executor, BooleanSupplier onWorker) {
        this.id = id;
        this.assembly = assembly;
        this.onWorker = onWorker;
        this.recordings = new AtomicReferenceArray<>(assembly.processes().size());
        this.recordedAt = new long[assembly.processes().size()];
        this.incomplete = new AtomicInteger(assembly.processes().size());
        this.delivery = new Delivery<>(this::putTogether, executor);
    }

    /** The number of the snapshot. */
    public SnapshotId id() {
        return id;
    }

    /**
     * The snapshot, once it is complete. Completed by the network's executor, by a worker only if
     * the executor rejects that; exceptionally if the network stops or the snapshot is abandoned
     * before.
     */
    public CompletableFuture<Snapshot<S, M>> future() {
        return delivery.future();
    }

    /**
     * Waits for the snapshot.
     *
     * @throws CompletionException if it failed; the cause says why
     * @throws IllegalStateException if a behavior or the network's observer calls this, which would
     *     wait for itself
     */
    public Snapshot<S, M> join() {
        if (onWorker.getAsBoolean()) {
            throw new IllegalStateException(
                    "a behavior must not wait for snapshot " + id + ", nor an observer");
        }
        return delivery.join();
    }

    /**
     * What the snapshot waits for, a moment ago: nothing once it is complete, and what it waited
     * for last once it has failed.
     */
    public Awaiting awaiting() {
        AtomicReferenceArray<@Nullable Recording<S, M>> parts = recordings;
        if (parts == null) {
            return atEnd;
        }
        ImmutableSortedMap.Builder<ProcessId, Duration> notRecorded =
                ImmutableSortedMap.naturalOrder();
        ImmutableSortedMap.Builder<Channel, Duration> markers = ImmutableSortedMap.naturalOrder();
        List<Channel> sent = new ArrayList<>();
        long now = System.nanoTime();
        for (int i = 0; i < parts.length(); i++) {
            Recording<S, M> recording = parts.getAcquire(i);
            if (recording == null) {
                notRecorded.put(assembly.processes().asList().get(i),
                        Duration.ofNanos(now - initiatedAt));
            } else {
                Duration since = Duration.ofNanos(Math.max(0, now - recordedAt[i]));
                recording.awaitingMarker().forEach(c -> markers.put(c, since));
                sent.addAll(assembly.topology().outgoing(recording.process()));
            }
        }
        ImmutableSortedMap<ProcessId, Duration> missing = notRecorded.buildOrThrow();
        return new Awaiting(missing, asked(missing.keySet(), sent), markers.buildOrThrow());
    }

    /** Those of these processes that were asked to record: with none or some of these channels. */
    private ImmutableSortedMap<ProcessId, ImmutableList<Channel>> asked(
            Set<ProcessId> processes, List<Channel> sent) {
        ImmutableListMultimap<ProcessId, Channel> along = Multimaps.index(sent, Channel::to);
        return ImmutableSortedMap.copyOf(Maps.asMap(
                Sets.intersection(processes, Sets.union(initiators.keySet(), along.keySet())),
                along::get));
    }

    /** The time from initiation until the last marker arrived or it failed, or until now. */
    public Duration duration() {
        long end = endedAt;
        return Duration.ofNanos((end == 0 ? System.nanoTime() : end) - initiatedAt);
    }

    /** A process is asked to initiate it. */
    void asked(ProcessId p) {
        initiators.putIfAbsent(p, false);
    }

    void recording(int process, Recording<S, M> recording, boolean initiated) {
        if (initiated) {
            initiators.put(recording.process(), true);
        }
        AtomicReferenceArray<@Nullable Recording<S, M>> parts = recordings;
        if (parts != null) {
            recordedAt[process] = System.nanoTime();
            parts.setRelease(process, recording); // Paired with the acquire in awaiting.
        }
    }

    /** One recording is complete. Returns whether it was the last. */
    boolean complete() {
        // Release, paired with the decrement of the last process, which acquires all others.
        return incomplete.decrementAndGet() == 0;
    }

    /** Completes the future; once, by the last process, and only if nobody has failed it. */
    void finish() {
        endedAt = System.nanoTime();
        delivery.ready();
    }

    private Snapshot<S, M> putTogether() {
        AtomicReferenceArray<@Nullable Recording<S, M>> parts = requireNonNull(recordings);
        List<Recording<S, M>> all = new ArrayList<>(parts.length());
        for (int i = 0; i < parts.length(); i++) {
            all.add(requireNonNull(parts.get(i)));
        }
        recordings = null;
        return assembly.join(
                id, Maps.filterValues(initiators, Boolean::booleanValue).keySet(), all);
    }

    /** The error that says what it waited for when its time was over. */
    TimeoutException overdue(Duration timeout, Awaiting last) {
        return new TimeoutException("snapshot " + id + " is not complete after "
                + Awaiting.seconds(timeout) + ": it waits for " + last);
    }

    /** Fails the future; once, by who closes the snapshot, with what it waited for then. */
    void fail(Awaiting last, Throwable cause) {
        endedAt = System.nanoTime();
        atEnd = last;
        recordings = null;
        delivery.fail(cause);
    }
}
