package org.chandylamport.check;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.chandylamport.model.ProcessId;
import org.jspecify.annotations.Nullable;

/** How far one process has come, as an audit sees it. */
final class Progress {

    final ProcessId process;
    /** Its place among the processes of the topology. */
    final int index;
    final ImmutableList<? extends Transit<?>> incoming;
    final ImmutableList<? extends Transit<?>> outgoing;

    private final List<Cut> here = new ArrayList<>(1);
    private @Nullable Cut justRecorded;
    private Object state;
    private long events;

    Progress(ProcessId process, int index, Object state,
            ImmutableList<? extends Transit<?>> incoming,
            ImmutableList<? extends Transit<?>> outgoing) {
        this.process = process;
        this.index = index;
        this.state = state;
        this.incoming = incoming;
        this.outgoing = outgoing;
    }

    /** An event of the underlying computation: no cut falls before one of the same step. */
    void advance(Object after, boolean sameStep) {
        if (!here.isEmpty()) {
            leave(sameStep);
        }
        state = after;
        events++;
    }

    void recordState(Cut cut) {
        recordedAlone();
        if (cut.recordState(this)) {
            here.add(cut);
            justRecorded = cut;
        }
    }

    void receiveMarker(Transit<?> channel, Cut cut) {
        if (justRecorded == cut) {
            justRecorded = null;
        }
        recordedAlone();
        cut.receiveMarker(channel);
    }

    void abandon(Cut cut) {
        recordedAlone();
        cut.abandon(this);
    }

    /** If its last line was a RecordState, no marker made it record. */
    void recordedAlone() {
        if (justRecorded != null) {
            justRecorded.recordedAlone(this);
            justRecorded = null;
        }
    }

    private void leave(boolean sameStep) {
        recordedAlone();
        if (sameStep) {
            here.forEach(cut -> cut.insideStep(this));
        }
        here.clear();
    }

    Object state() {
        return state;
    }

    /** How many events of the underlying computation it has performed. */
    long events() {
        return events;
    }
}
