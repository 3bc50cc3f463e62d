package org.chandylamport.picture;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.chandylamport.model.ProcessId;

/**
 * Where the events of a window stand: time runs to the right in columns, a lane a process. Events
 * that follow each other share a column where no two are of one process and none causes another.
 */
final class Columns {

    static final double LANE = 58;
    private static final double WIDE = 46;
    private static final double NARROW = 26;
    private static final int FEW = 24;

    private final ImmutableMap<Integer, Integer> columns;
    private final Map<ProcessId, Integer> lanes = new HashMap<>();
    private final Execution execution;
    private final double left;
    private final double top;
    private final int count;

    /**
     * @param left where time begins
     * @param top where the first lane is
     */
    Columns(Execution execution, Window window, double left, double top) {
        this.execution = execution;
        this.left = left;
        this.top = top;
        ImmutableSortedSet<ProcessId> processes = execution.header().topology().processes();
        processes.forEach(p -> lanes.put(p, lanes.size()));
        Map<Integer, Integer> causes = new HashMap<>();
        for (Arrow arrow : execution.arrows()) {
            if (window.shows(arrow.from()) && window.shows(arrow.to())) {
                causes.put(arrow.to(), arrow.from());
            }
        }
        Map<Integer, Integer> placed = new HashMap<>();
        Set<ProcessId> here = new HashSet<>();
        int column = 0;
        for (int event : window.events()) {
            ProcessId p = execution.events().get(event).process();
            Integer cause = causes.get(event);
            if (here.contains(p) || (cause != null && Integer.valueOf(column).equals(
                    placed.get(cause)))) {
                here.clear();
                column++;
            }
            here.add(p);
            placed.put(event, column);
        }
        columns = ImmutableMap.copyOf(placed);
        count = column + 1;
    }

    double x(int event) {
        Integer column = columns.get(event);
        if (column == null) {
            throw new IllegalArgumentException("event " + event + " is not shown");
        }
        return left + (column + 0.5) * step();
    }

    double y(int event) {
        return y(execution.events().get(event).process());
    }

    double y(ProcessId p) {
        return top + LANE * lanes.getOrDefault(p, 0);
    }

    double right() {
        return left + count * step();
    }

    double left() {
        return left;
    }

    double top() {
        return top;
    }

    double bottom() {
        return top + LANE * (lanes.size() - 1);
    }

    private double step() {
        return count <= FEW ? WIDE : NARROW;
    }
}
