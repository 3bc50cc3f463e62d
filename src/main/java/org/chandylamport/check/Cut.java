package org.chandylamport.check;

import static org.chandylamport.check.Violation.Kind.CHANNEL_STATE;
import static org.chandylamport.check.Violation.Kind.MARKER_RULE;
import static org.chandylamport.check.Violation.Kind.PROCESS_STATE;
import static org.chandylamport.check.Violation.Kind.RECORDED_TWICE;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.jspecify.annotations.Nullable;

/**
 * One snapshot as an audit sees it: where the processes recorded, against what was recorded. It
 * keeps positions, and drops each state and message as soon as it has been compared, or as it is
 * relinquished; once all is known the positions go too.
 */
final class Cut {

    private static final long UNKNOWN = -1;

    final SnapshotId snapshot;
    final Violations violations = new Violations();

    private final List<Progress> processes;
    private final List<? extends Transit<?>> channels;
    private final Matching states;
    private final Matching contents;
    /** For each process, how many of its events lie before the cut. */
    private final long[] events;
    /** Where the cut crosses the channels; null once that is known and judged. */
    private @Nullable Boundary boundary;

    private final BitSet alone = new BitSet();
    private final Set<ProcessId> abandoned = new TreeSet<>();
    private final Set<ProcessId> initiators = new TreeSet<>();
    private boolean claimed;
    private @Nullable String aborted;
    private boolean isRelinquished;

    Cut(SnapshotId snapshot, List<Progress> processes, List<? extends Transit<?>> channels) {
        this.snapshot = snapshot;
        this.processes = processes;
        this.channels = channels;
        events = new long[processes.size()];
        Arrays.fill(events, UNKNOWN);
        states = new Matching(processes.size(), this::stateDiffers);
        boundary = new Boundary(snapshot, channels, violations);
        contents = boundary.contents();
    }

    /** RecordState: the cut passes p here. False if it passes p elsewhere. */
    boolean recordState(Progress p) {
        if (hasRecorded(p) || boundary == null) {
            violations.add(RECORDED_TWICE, p.process, p.process + " recorded its state for"
                    + " snapshot " + snapshot + " after " + events[p.index]
                    + " events, and again after " + p.events());
            return false;
        }
        events[p.index] = p.events();
        states.show(p.index, p.state());
        for (Transit<?> c : p.outgoing) {
            boundary.cutBySender(c);
        }
        for (Transit<?> c : p.incoming) {
            boundary.cutByReceiver(c, !isRelinquished);
        }
        closeIfKnown();
        return true;
    }

    /** ReceiveMarker: the marker arrived at this place of its channel. */
    void receiveMarker(Transit<?> c) {
        if (boundary == null) {
            violations.add(MARKER_RULE, c.channel, Boundary.secondMarker(snapshot, c));
        } else {
            boundary.receiveMarker(c);
            closeIfKnown();
        }
    }

    /** Abandon: p gave the snapshot up. */
    void abandon(Progress p) {
        abandoned.add(p.process);
    }

    /** The snapshot was given up; it may be claimed nevertheless. */
    void abort(String cause) {
        aborted = aborted == null ? cause : aborted;
    }

    /** Keeps no state or message that is yet to be compared. */
    void relinquish() {
        if (boundary != null) {
            isRelinquished = true;
            states.relinquish();
            contents.relinquish();
            for (Transit<?> c : channels) {
                c.unpin(boundary);
            }
        }
    }

    /** The cut falls between two events of p that belong to one step. */
    void insideStep(Progress p) {
        violations.add(PROCESS_STATE, p.process, p.process + " recorded its state for snapshot "
                + snapshot + " after " + events[p.index] + " events, but its next event belongs to"
                + " the same step: it was never between the two");
    }

    /** p recorded, and its next line is not a marker. */
    void recordedAlone(Progress p) {
        alone.set(p.index);
    }

    /** There is a Snapshot line. */
    void claim(Set<ProcessId> initiators) {
        claimed = true;
        this.initiators.addAll(initiators);
    }

    void claimState(Progress p, Object state) {
        if (!states.record(p.index, state)) {
            violations.add(PROCESS_STATE, p.process, "a Snapshot line holds "
                    + Violations.quote(state) + " for " + p.process
                    + ", but an earlier one another state");
        }
        closeIfKnown();
    }

    void claimContent(Transit<?> c, ImmutableList<?> content) {
        if (!contents.record(c.index, content)) {
            violations.add(CHANNEL_STATE, c.channel, "a Snapshot line holds "
                    + Violations.quote(content) + " in " + c.channel
                    + ", but an earlier one other messages");
        }
        closeIfKnown();
    }

    private void stateDiffers(int p, Object shown, Object recorded) {
        ProcessId process = processes.get(p).process;
        violations.add(PROCESS_STATE, process, "the snapshot holds " + Violations.quote(recorded)
                + " for " + process + ", but its state was " + Violations.quote(shown)
                + " when it recorded, after " + events[p] + " events");
    }

    private void closeIfKnown() {
        if (states.isComplete() && boundary != null && boundary.isKnown()) {
            boundary = null;
        }
    }

    boolean hasRecorded(Progress p) {
        return events[p.index] != UNKNOWN;
    }

    boolean hasRecordedAlone(Progress p) {
        return alone.get(p.index);
    }

    boolean hasAbandoned(Progress p) {
        return abandoned.contains(p.process);
    }

    /** The processes that gave it up. */
    Set<ProcessId> abandoned() {
        return abandoned;
    }

    /** Whether states and messages went before they could be compared. */
    boolean isRelinquished() {
        return isRelinquished;
    }

    /** How many events of p lie before the cut. */
    long events(Progress p) {
        return events[p.index];
    }

    boolean hasMarker(Transit<?> c) {
        return boundary == null || boundary.hasMarker(c);
    }

    boolean hasMarkers() {
        return boundary == null ? !channels.isEmpty() : boundary.hasMarkers();
    }

    Set<ProcessId> initiators() {
        return initiators;
    }

    Matching states() {
        return states;
    }

    Matching contents() {
        return contents;
    }

    /** Whether there is a Snapshot line. */
    boolean isClaimed() {
        return claimed;
    }

    /** Why it was given up, or null if it was not. */
    @Nullable String aborted() {
        return aborted;
    }

    /** Whether something about it is to come, as far as is known. */
    boolean isOpen() {
        return boundary != null;
    }

    /** How many states and messages are kept for comparison. */
    long retained() {
        return boundary == null ? 0 : states.retained() + contents.retained();
    }
}
