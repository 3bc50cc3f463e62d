package org.chandylamport.picture;

import static org.chandylamport.picture.Arrow.NONE;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Multiset;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import org.chandylamport.model.Channel;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.jspecify.annotations.Nullable;

/**
 * The events of an execution that a diagram has room for: all, if there are at most {@value
 * #ROOM}; else those around the snapshot; else, where too much happens while it is recorded, those
 * that belong to it: where processes record, its markers, the messages that cross its cut (at most
 * {@value #EACH} a channel), and what violations are about.
 */
final class Window {

    private static final int ROOM = 150;
    private static final int EACH = 4;
    private static final int MARGIN = 10;

    private final BitSet shown = new BitSet();
    private final boolean isGapless;

    private Window(boolean isGapless) {
        this.isGapless = isGapless;
    }

    /** @param cut null where there is no snapshot */
    static Window of(Execution execution, @Nullable SnapshotId snapshot, @Nullable CutLine cut,
            Evidence evidence) {
        int events = execution.events().size();
        if (events <= ROOM) {
            return all(0, events);
        }
        Window window = new Window(false);
        evidence.events().forEach(window.shown::set);
        if (cut != null && snapshot != null) {
            cut.records().values().forEach(window.shown::set);
            window.addArrows(execution, snapshot, cut);
        }
        int first = window.shown.isEmpty() ? 0 : window.shown.nextSetBit(0);
        int last = window.shown.isEmpty() ? 0 : window.shown.length() - 1;
        if (last - first + 1 + 2 * MARGIN <= ROOM) {
            int from = Math.max(0, Math.min(first - MARGIN, events - ROOM));
            return all(from, Math.min(events, Math.max(last + 1 + MARGIN, from + ROOM)));
        }
        return window;
    }

    private static Window all(int from, int to) {
        Window window = new Window(true);
        window.shown.set(from, to);
        return window;
    }

    private void addArrows(Execution execution, SnapshotId snapshot, CutLine cut) {
        Multiset<Channel> crossing = HashMultiset.create();
        ImmutableList<Arrow> markers = execution.arrows().stream()
                .filter(arrow -> snapshot.equals(arrow.marker()))
                .collect(ImmutableList.toImmutableList());
        for (Arrow arrow : execution.arrows()) {
            if (cut.isCrossedBy(arrow) && crossing.add(arrow.channel(), 1) < EACH) {
                add(arrow);
            }
        }
        Set<ProcessId> told = new HashSet<>();
        for (Arrow marker : markers) {
            if (markers.size() <= ROOM || told.add(marker.channel().to())) {
                add(marker);
            }
        }
    }

    private void add(Arrow arrow) {
        for (int event : new int[] {arrow.from(), arrow.to()}) {
            if (event != NONE) {
                shown.set(event);
            }
        }
    }

    boolean shows(int event) {
        return event != NONE && shown.get(event);
    }

    /** The shown events, in order. */
    int[] events() {
        return shown.stream().toArray();
    }

    /** How many events lie between the first and the last shown, themselves included. */
    int span() {
        return shown.isEmpty() ? 0 : shown.length() - shown.nextSetBit(0);
    }

    /** Whether every event between the first and the last shown is shown. */
    boolean isGapless() {
        return isGapless;
    }
}
