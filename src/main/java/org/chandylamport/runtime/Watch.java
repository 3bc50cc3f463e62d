package org.chandylamport.runtime;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an idle worker sees of the others: for each the process that was the last in its line, and
 * how many turns that had had, when it was looked at last. Confined to that worker.
 */
final class Watch<S, M> {

    private final Worker<S, M> thief;
    private final List<Line<S, M>> lines = new ArrayList<>();

    Watch(Workers<S, M> workers, Worker<S, M> thief) {
        this.thief = thief;
        for (int i = 0; i < workers.count(); i++) {
            lines.add(new Line<>(workers.worker(i).runnable()));
        }
    }

    /** Steals a line that has not moved up since the last look; returns whether there was one. */
    boolean steal() {
        for (int i = 0; i < lines.size(); i++) { // An iterator would be allocated.
            Line<S, M> line = lines.get(i);
            if (line.isOverdue() && thief.runnable().steal(line.queue)) {
                return true;
            }
        }
        return false;
    }

    private static final class Line<S, M> {

        final RunQueue<LocalProcess<S, M>> queue;
        private @Nullable LocalProcess<S, M> last;
        private int turns;

        Line(RunQueue<LocalProcess<S, M>> queue) {
            this.queue = queue;
        }

        /** Whether who was the last in line is so still, or waits for its turn further ahead. */
        boolean isOverdue() {
            boolean overdue = last != null && last.turns() == turns;
            last = queue.lastLent();
            turns = last == null ? 0 : last.turns();
            return overdue;
        }
    }
}
