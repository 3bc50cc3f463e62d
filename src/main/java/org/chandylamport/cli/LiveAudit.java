package org.chandylamport.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.chandylamport.check.Audit;
import org.chandylamport.check.Linearization;
import org.chandylamport.check.Report;
import org.chandylamport.model.Computation;
import org.chandylamport.model.Event;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.chandylamport.trace.TraceWriter;
import org.chandylamport.trace.Witnesses;
import org.jspecify.annotations.Nullable;

/**
 * Audits a network while it runs, and writes its trace. What it keeps is bounded by the messages in
 * transit and the open snapshots, apart from a computation that is short enough to construct
 * Theorem 1 from.
 *
 * <p>{@link #completed} and {@link #aborted} may be called by any thread; all else by the
 * observer's thread, and after the network is closed by whoever closed it.
 */
final class LiveAudit<S, M> implements Consumer<Event<S, M>> {

    private final Topology topology;
    private final GlobalState<S, M> initial;
    private final @Nullable Audit<S, M> audit;
    private final @Nullable TraceWriter<S, M> trace;
    private final Queue<Ended<S, M>> ended = new ConcurrentLinkedQueue<>();
    private @Nullable List<Event<S, M>> kept;

    /** A snapshot that is complete, or that was given up: null, and why. */
    private record Ended<S, M>(
            SnapshotId id, @Nullable Snapshot<S, M> snapshot, String cause) {}

    /**
     * @param trace where the trace is written, or null
     * @param audits whether the run is audited, and not only traced
     */
    LiveAudit(
            Topology topology,
            GlobalState<S, M> initial,
            @Nullable TraceWriter<S, M> trace,
            boolean audits) {
        this.topology = topology;
        this.initial = initial;
        this.audit = audits ? new Audit<>(topology, initial, ImmutableSet.of()) : null;
        this.kept = audits ? new ArrayList<>() : null;
        this.trace = trace;
    }

    /** Takes a recorded global state, which is judged as soon as its events have come. */
    void completed(Snapshot<S, M> snapshot) {
        ended.add(new Ended<>(snapshot.id(), snapshot, ""));
    }

    /** Takes the notice that a snapshot was given up. */
    void aborted(SnapshotId id, String cause) {
        ended.add(new Ended<>(id, null, cause));
    }

    @Override
    public void accept(Event<S, M> event) {
        if (audit != null) {
            audit.event(event);
        }
        try {
            takeEnded();
            if (trace != null) {
                trace.event(event);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (kept != null) {
            kept.add(event);
            kept = kept.size() > Witnesses.LIMIT ? null : kept;
        }
    }

    private void takeEnded() throws IOException {
        for (Ended<S, M> one = ended.poll(); one != null; one = ended.poll()) {
            if (audit != null) {
                tell(audit, one);
            }
            if (trace != null) {
                tell(trace, one);
            }
        }
    }

    private void tell(Audit<S, M> listener, Ended<S, M> one) {
        if (one.snapshot != null) {
            listener.snapshot(one.snapshot);
        } else {
            listener.aborted(one.id, one.cause);
        }
    }

    private void tell(TraceWriter<S, M> listener, Ended<S, M> one) throws IOException {
        if (one.snapshot != null) {
            listener.snapshot(one.snapshot);
        } else {
            listener.aborted(one.id, one.cause);
        }
    }

    /** Judges all snapshots, after the last event; null if the run is only traced. */
    @Nullable Report finish() throws IOException {
        takeEnded();
        return audit == null ? null : audit.finish();
    }

    /** The events as they were observed, or null if they were too many, or are only traced. */
    @Nullable List<Event<S, M>> events() {
        return kept;
    }

    /** The computation, or null if it was too long to keep, or the run is only traced. */
    @Nullable Computation<S, M> computation() {
        if (kept == null) {
            return null;
        }
        ImmutableList.Builder<Event<S, M>> events = ImmutableList.builder();
        Linearization<S, M> order = new Linearization<>(topology, initial, events::add);
        kept.forEach(order::add);
        order.end();
        return new Computation<>(topology, initial, events.build());
    }
}
