package org.chandylamport.check;

import static org.chandylamport.check.Violation.Kind.CHANNEL_STATE;
import static org.chandylamport.check.Violation.Kind.NOT_RECORDED;
import static org.chandylamport.check.Violation.Kind.PROCESS_STATE;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.chandylamport.check.Verdict.Outcome;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event;
import org.chandylamport.model.Event.Abandon;
import org.chandylamport.model.Event.Environment;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;

/**
 * The oracle for a system that does not log where it cuts: whether any consistent cut has exactly
 * the recorded global state, and which is the least. It keeps the whole computation, and takes
 * polynomial time. RecordState and ReceiveMarker events do not matter.
 *
 * <p>Where a lost process would have to go on beyond the end of its log, there is no telling: the
 * verdict is incomplete.
 */
public final class BlackBox<S, M> implements Oracle<S, M> {

    private final Topology topology;
    private final Set<ProcessId> lost;
    private final History<S, M> history;
    private final Audit<S, M> audit;
    private final SortedMap<SnapshotId, Claim<S, M>> claims = new TreeMap<>();
    private long events;
    private long kept;

    /** What Snapshot lines say of one snapshot; not claimed if it was only given up. */
    private static final class Claim<S, M> {
        final Map<ProcessId, S> processes = new TreeMap<>();
        final Map<Channel, ImmutableList<M>> channels = new TreeMap<>();
        final Violations violations = new Violations();
        boolean claimed;
    }

    /**
     * A black box of computations of this system.
     *
     * @throws IllegalArgumentException if the initial state lacks a process, or a lost process is
     *     not one of the topology's
     */
    public BlackBox(Topology topology, GlobalState<S, M> initial, Set<ProcessId> lost) {
        this.topology = topology;
        this.lost = ImmutableSortedSet.copyOf(lost);
        history = new History<>(topology, initial);
        audit = new Audit<>(topology, initial, lost);
    }

    @Override
    public void event(Event<S, M> event) {
        if (event instanceof Environment<S, M> step) {
            audit.event(step);
            history.add(step);
            kept++;
        } else if (event instanceof Abandon<S, M> abandon) {
            topology.require(event.process());
            claim(abandon.snapshot());
        }
        events++;
    }

    @Override
    public void snapshot(Snapshot<S, M> part) {
        part.initiators().forEach(topology::require);
        part.state().processes().keySet().forEach(topology::require);
        part.state().channels().keySet().forEach(history::channelNumber);
        Claim<S, M> claim = claim(part.id());
        claim.claimed = true;
        part.state().processes().forEach((p, state) -> {
            S earlier = claim.processes.putIfAbsent(p, state);
            if (earlier != null && !earlier.equals(state)) {
                claim.violations.add(PROCESS_STATE, p, "a Snapshot line holds "
                        + Violations.quote(state) + " for " + p + ", but an earlier one "
                        + Violations.quote(earlier));
            }
        });
        part.state().channels().forEach((c, content) -> {
            ImmutableList<M> earlier = claim.channels.putIfAbsent(c, content);
            if (earlier != null && !earlier.equals(content)) {
                claim.violations.add(CHANNEL_STATE, c, "a Snapshot line holds "
                        + Violations.quote(content) + " in " + c + ", but an earlier one "
                        + Violations.quote(earlier));
            }
        });
    }

    @Override
    public void aborted(SnapshotId snapshot, String cause) {
        claim(snapshot);
    }

    @Override
    public void ended(ProcessId p) {
        audit.ended(p);
    }

    @Override
    public SortedSet<ProcessId> awaited() {
        return audit.awaited();
    }

    @Override
    public long inTransitTo(ProcessId p) {
        return audit.inTransitTo(p);
    }

    @Override
    public long pending() {
        return audit.pending();
    }

    @Override
    public long retained() {
        return kept;
    }

    @Override
    public Report finish() {
        ImmutableList.Builder<Verdict> verdicts = ImmutableList.builder();
        claims.forEach((id, claim) -> verdicts.add(verdict(id, claim)));
        return new Report(events, audit.finish().trace(), verdicts.build());
    }

    private Verdict verdict(SnapshotId id, Claim<S, M> claim) {
        if (!claim.claimed) {
            return verdict(id, Outcome.ABORTED, ImmutableSortedMap.of(), claim);
        }
        if (!claim.violations.isEmpty()) {
            return verdict(id, Outcome.INCONSISTENT, ImmutableSortedMap.of(), claim);
        }
        checkAllClaimed(id, claim);
        if (!claim.violations.isEmpty()) {
            return verdict(id, Outcome.INCOMPLETE, ImmutableSortedMap.of(), claim);
        }
        LeastCut<S, M> search =
                new LeastCut<>(history, GlobalState.of(claim.processes, claim.channels));
        Violation violation = search.violation();
        ProcessId last = search.exhausted();
        if (violation == null || last == null) {
            return verdict(id, Outcome.CONSISTENT, search.cut(), claim);
        }
        if (lost.contains(last)) {
            claim.violations.add(NOT_RECORDED, last, violation.explanation()
                    + "; the end of the log of " + last + " is lost and may hold what is missing");
            return verdict(id, Outcome.INCOMPLETE, ImmutableSortedMap.of(), claim);
        }
        return new Verdict(id, Outcome.INCONSISTENT, ImmutableSortedMap.of(),
                ImmutableList.of(violation), ImmutableList.of());
    }

    private static Verdict verdict(SnapshotId id, Outcome outcome,
            ImmutableSortedMap<ProcessId, Long> cut, Claim<?, ?> claim) {
        return new Verdict(id, outcome, cut, claim.violations.list(), ImmutableList.of());
    }

    private void checkAllClaimed(SnapshotId id, Claim<S, M> claim) {
        for (ProcessId p : topology.processes()) {
            if (!claim.processes.containsKey(p)) {
                claim.violations.add(NOT_RECORDED, p,
                        "no Snapshot line of snapshot " + id + " holds a state for " + p);
            }
        }
        for (Channel c : topology.channels()) {
            if (!claim.channels.containsKey(c)) {
                claim.violations.add(NOT_RECORDED, c,
                        "no Snapshot line of snapshot " + id + " holds the messages of " + c);
            }
        }
    }

    private Claim<S, M> claim(SnapshotId id) {
        return claims.computeIfAbsent(id, any -> new Claim<>());
    }
}
