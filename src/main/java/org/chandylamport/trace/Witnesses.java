package org.chandylamport.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.chandylamport.check.Linearization;
import org.chandylamport.check.Oracle;
import org.chandylamport.check.Report;
import org.chandylamport.check.Theorem1;
import org.chandylamport.check.Verdict;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Computation;
import org.chandylamport.model.Event;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;

/**
 * An oracle that says what another one says, and keeps the computation besides, so that Theorem 1
 * can be constructed for snapshots that are consistent. It keeps {@value #LIMIT} events at most: of
 * a longer computation none.
 */
public final class Witnesses implements Oracle<JsonNode, JsonNode> {

    /** So many events are short enough to be held. */
    public static final int LIMIT = 1_000_000;

    /** So many events are replayed for all constructions together. */
    public static final long REPLAYED = 50_000_000;

    private final Oracle<JsonNode, JsonNode> oracle;
    private final Header header;
    private final List<Event<JsonNode, JsonNode>> events = new ArrayList<>();
    private final Linearization<JsonNode, JsonNode> order;
    private final Map<SnapshotId, Parts> snapshots = new TreeMap<>();
    private final int limit;
    private final long replayed;
    private boolean isTooLong;

    /** The parts of a snapshot, joined. */
    private static final class Parts {
        final Set<ProcessId> initiators = new TreeSet<>();
        final Map<ProcessId, JsonNode> states = new HashMap<>();
        final Map<Channel, ImmutableList<JsonNode>> contents = new HashMap<>();
    }

    /** Witnesses to the verdicts of an oracle on a trace with this header. */
    public Witnesses(Oracle<JsonNode, JsonNode> oracle, Header header) {
        this(oracle, header, LIMIT, REPLAYED);
    }

    Witnesses(
            Oracle<JsonNode, JsonNode> oracle, Header header, int limit, long replayed) {
        this.oracle = oracle;
        this.header = header;
        this.limit = limit;
        this.replayed = replayed;
        this.order = new Linearization<>(header.topology(), header.initial(), events::add);
    }

    /** Whether the computation is too long to be held, so that there are no constructions. */
    public boolean isTooLong() {
        return isTooLong;
    }

    /** The events told so far, in one linear order; none where the computation is too long. */
    public List<Event<JsonNode, JsonNode>> events() {
        return Collections.unmodifiableList(events);
    }

    /** What was recorded, the parts of each snapshot joined, as far as it was told so far. */
    public ImmutableSortedMap<SnapshotId, Snapshot<JsonNode, JsonNode>> snapshots() {
        ImmutableSortedMap.Builder<SnapshotId, Snapshot<JsonNode, JsonNode>> joined =
                ImmutableSortedMap.naturalOrder();
        snapshots.forEach((id, parts) -> joined.put(id,
                new Snapshot<>(id, ImmutableSortedSet.copyOf(parts.initiators),
                        GlobalState.of(parts.states, parts.contents))));
        return joined.buildOrThrow();
    }

    /**
     * Theorem 1, constructed for the snapshots that the report calls consistent without assuming
     * anything: for the first of them, as many as are replayed within {@value #REPLAYED} events;
     * none where the computation is too long.
     *
     * @param report what {@link #finish} returned
     */
    public ImmutableSortedMap<SnapshotId, Theorem1<JsonNode, JsonNode>> constructions(
            Report report) {
        Map<SnapshotId, Theorem1<JsonNode, JsonNode>> constructions = new TreeMap<>();
        long most = replayed / Math.max(1, events.size());
        Map<SnapshotId, Snapshot<JsonNode, JsonNode>> recorded = snapshots();
        for (Verdict verdict : isTooLong ? ImmutableList.<Verdict>of() : report.snapshots()) {
            Snapshot<JsonNode, JsonNode> snapshot = recorded.get(verdict.snapshot());
            if (verdict.outcome() == Verdict.Outcome.CONSISTENT && snapshot != null
                    && verdict.assumptions().isEmpty() && constructions.size() < most) {
                constructions.put(verdict.snapshot(), Theorem1.construct(
                        new Computation<>(header.topology(), header.initial(), events(verdict)),
                        snapshot));
            }
        }
        return ImmutableSortedMap.copyOf(constructions);
    }

    /** The events; where the cuts are not logged, with those RecordState events that cut so. */
    private ImmutableList<Event<JsonNode, JsonNode>> events(Verdict verdict) {
        return header.cutsUnlogged() ? cut(events, verdict) : ImmutableList.copyOf(events);
    }

    /** These events, with RecordState events that cut them as the verdict says. */
    public static ImmutableList<Event<JsonNode, JsonNode>> cut(
            List<Event<JsonNode, JsonNode>> events, Verdict verdict) {
        ImmutableList.Builder<Event<JsonNode, JsonNode>> cut = ImmutableList.builder();
        Map<ProcessId, Long> left = new HashMap<>(verdict.cut());
        verdict.cut().forEach((p, before) -> record(p, before, verdict, cut));
        for (Event<JsonNode, JsonNode> event : events) {
            cut.add(event);
            if (event instanceof Event.Environment) {
                long more = left.merge(event.process(), -1L, Long::sum);
                record(event.process(), more, verdict, cut);
            }
        }
        return cut.build();
    }

    private static void record(ProcessId p, long left, Verdict verdict,
            ImmutableList.Builder<Event<JsonNode, JsonNode>> cut) {
        if (left == 0) {
            cut.add(new Event.RecordState<>(p, verdict.snapshot()));
        }
    }

    @Override
    public void event(Event<JsonNode, JsonNode> event) {
        oracle.event(event);
        if (!isTooLong && events.size() + order.pending() >= limit) {
            isTooLong = true;
            events.clear();
            snapshots.clear();
        }
        if (!isTooLong) {
            order.add(event);
        }
    }

    @Override
    public void snapshot(Snapshot<JsonNode, JsonNode> part) {
        oracle.snapshot(part);
        if (!isTooLong) {
            Parts parts = snapshots.computeIfAbsent(part.id(), id -> new Parts());
            parts.initiators.addAll(part.initiators());
            parts.states.putAll(part.state().processes());
            parts.contents.putAll(part.state().channels());
        }
    }

    @Override
    public void aborted(SnapshotId snapshot, String cause) {
        oracle.aborted(snapshot, cause);
    }

    @Override
    public void ended(ProcessId p) {
        oracle.ended(p);
        if (!isTooLong) {
            order.ended(p);
        }
    }

    @Override
    public SortedSet<ProcessId> awaited() {
        return oracle.awaited();
    }

    @Override
    public long inTransitTo(ProcessId p) {
        return oracle.inTransitTo(p);
    }

    @Override
    public long pending() {
        return oracle.pending();
    }

    @Override
    public long retained() {
        return oracle.retained() + events.size();
    }

    @Override
    public Report finish() {
        if (!isTooLong) {
            order.end();
        }
        return oracle.finish();
    }
}
