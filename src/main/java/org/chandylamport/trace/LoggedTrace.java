package org.chandylamport.trace;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.chandylamport.check.Linearization;
import org.chandylamport.check.Oracle;
import org.chandylamport.check.Report;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event;
import org.chandylamport.model.Event.Environment;
import org.chandylamport.model.Event.Internal;
import org.chandylamport.model.Event.Receive;
import org.chandylamport.model.Event.ReceiveMarker;
import org.chandylamport.model.Event.RecordState;
import org.chandylamport.model.Event.Send;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.Marker;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;

/**
 * A trace as the specification reads it ({@code spec/Logged.tla}): whole, in one linear order of
 * messages and markers, and with the RecordState and the ReceiveMarker of a process that learns of
 * a snapshot by a marker as one step, ReceiveMarker.
 *
 * <p>It takes the lines of a trace as an oracle does, keeps as many as {@link Validation#LIMIT},
 * and judges nothing.
 */
public final class LoggedTrace implements Oracle<JsonNode, JsonNode> {

    final Header header;
    private final List<Step> lines = new ArrayList<>();
    final List<Snapshot<JsonNode, JsonNode>> snapshots = new ArrayList<>();
    private final Map<ProcessId, Integer> count = new HashMap<>();
    private long events;

    /** A trace that has no lines yet. */
    public LoggedTrace(Header header) {
        this.header = header;
    }

    /**
     * An event as a step of the specification.
     *
     * @param records whether it is a ReceiveMarker by which the process records its state
     * @param number which line of its process it is, from 1
     */
    record Step(Event<JsonNode, JsonNode> event, boolean records, int number) {

        @Override
        public String toString() {
            return "line " + number + " of " + event.process() + ", " + event;
        }
    }

    @Override
    public void event(Event<JsonNode, JsonNode> event) {
        if (++events <= Validation.LIMIT) {
            lines.add(new Step(event, false, count.merge(event.process(), 1, Integer::sum)));
        }
    }

    @Override
    public void snapshot(Snapshot<JsonNode, JsonNode> part) {
        snapshots.add(part);
    }

    @Override
    public void aborted(SnapshotId snapshot, String cause) {}

    @Override
    public void ended(ProcessId p) {}

    @Override
    public SortedSet<ProcessId> awaited() {
        return ImmutableSortedSet.of();
    }

    @Override
    public long inTransitTo(ProcessId p) {
        return 0;
    }

    @Override
    public long pending() {
        return 0;
    }

    @Override
    public long retained() {
        return lines.size();
    }

    @Override
    public Report finish() {
        return new Report(events, ImmutableList.of(), ImmutableList.of());
    }

    /** All snapshots that the trace mentions, in order. */
    ImmutableSortedSet<SnapshotId> snapshotIds() {
        ImmutableSortedSet.Builder<SnapshotId> ids = ImmutableSortedSet.naturalOrder();
        snapshots.forEach(part -> ids.add(part.id()));
        for (Step step : lines) {
            if (step.event instanceof Event.System<JsonNode, JsonNode> event) {
                ids.add(event.snapshot());
            }
        }
        return ids.build();
    }

    /** The processes that the trace says initiated the snapshot; all where it does not say. */
    ImmutableSortedSet<ProcessId> initiators(SnapshotId s) {
        ImmutableSortedSet<ProcessId> named = snapshots.stream()
                .filter(part -> part.id().equals(s))
                .flatMap(part -> part.initiators().stream())
                .collect(ImmutableSortedSet.toImmutableSortedSet(ProcessId::compareTo));
        return named.isEmpty() ? header.topology().processes() : named;
    }

    /**
     * The steps in one linear order, in which each marker too is sent before it is received. For
     * this a marker is a message that RecordState sends along each outgoing channel.
     */
    ImmutableList<Step> ordered() {
        List<Step> steps = steps();
        Set<Integer> order = new LinkedHashSet<>();
        Linearization<Integer, Object> linearization = new Linearization<>(
                header.topology(),
                GlobalState.of(Maps.asMap(header.topology().processes(), p -> -1),
                        header.initial().channels()),
                event -> order.add(((Environment<Integer, Object>) event).state()));
        for (int i = 0; i < steps.size(); i++) {
            tell(linearization, steps.get(i), i);
        }
        linearization.end();
        return order.stream().map(steps::get).collect(ImmutableList.toImmutableList());
    }

    /**
     * The lines, with the two of a process that is no initiator and learns of a snapshot by a
     * marker as one step. Where nobody says who initiated, everybody may have.
     */
    private List<Step> steps() {
        Map<SnapshotId, ImmutableSortedSet<ProcessId>> initiators =
                Maps.toMap(snapshotIds(), this::initiators);
        Map<ProcessId, Integer> last = new HashMap<>();
        List<Step> steps = new ArrayList<>();
        for (Step step : lines) {
            ProcessId p = step.event.process();
            Integer before = last.get(p);
            if (before != null
                    && step.event instanceof ReceiveMarker<JsonNode, JsonNode> marker
                    && steps.get(before).event instanceof RecordState<JsonNode, JsonNode> record
                    && record.snapshot().equals(marker.snapshot())
                    && !requireNonNull(initiators.get(marker.snapshot())).contains(p)) {
                steps.set(before, new Step(step.event, true, step.number));
            } else {
                last.put(p, steps.size());
                steps.add(step);
            }
        }
        return steps;
    }

    private void tell(Linearization<Integer, Object> order, Step step, int index) {
        Event<JsonNode, JsonNode> event = step.event;
        if (event instanceof Send<JsonNode, JsonNode> send) {
            order.add(new Send<>(send.channel(), send.message(), index, false));
        } else if (event instanceof Receive<JsonNode, JsonNode> receive) {
            order.add(new Receive<>(receive.channel(), receive.message(), index));
        } else if (event instanceof ReceiveMarker<JsonNode, JsonNode> receive) {
            order.add(new Receive<>(receive.channel(), new Marker(receive.snapshot()), index));
        } else {
            order.add(new Internal<>(event.process(), index));
        }
        if (step.records || event instanceof RecordState) {
            SnapshotId s = ((Event.System<JsonNode, JsonNode>) event).snapshot();
            for (Channel c : requireNonNull(header.topology().outgoing(event.process()))) {
                order.add(new Send<>(c, new Marker(s), index, false));
            }
        }
    }
}
