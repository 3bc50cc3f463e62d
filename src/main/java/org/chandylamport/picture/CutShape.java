package org.chandylamport.picture;

import static org.chandylamport.picture.Columns.LANE;

import com.google.common.collect.ImmutableSortedSet;
import java.util.ArrayList;
import java.util.List;
import org.chandylamport.model.ProcessId;

/** The line of a cut, and the past to the left of it. */
final class CutShape {

    private static final double BEYOND = LANE * 0.5;

    private final Columns columns;
    private final List<Point> points = new ArrayList<>();
    private final boolean isWhole;

    private record Point(double x, double y) {}

    CutShape(CutLine cut, Window window, Columns columns, Execution execution) {
        this.columns = columns;
        ImmutableSortedSet<ProcessId> processes = execution.header().topology().processes();
        for (ProcessId p : processes) {
            Integer record = cut.records().get(p);
            if (record != null && window.shows(record)) {
                points.add(new Point(columns.x(record), columns.y(record)));
            }
        }
        isWhole = points.size() == processes.size();
    }

    /** Shades the past, if every process has one. */
    void drawPast(Svg svg) {
        if (isWhole) {
            double top = columns.top() - BEYOND;
            double bottom = columns.bottom() + BEYOND;
            svg.shape("path", "past", "d", "M" + Diagram.point(columns.left(), top) + " L"
                    + line().substring(1) + " L" + Diagram.point(columns.left(), bottom) + " Z");
        }
    }

    void drawLine(Svg svg) {
        if (!points.isEmpty()) {
            svg.shape("path", "cut", "d", line());
        }
    }

    /** From above the first lane to below the last, upright where it passes a lane. */
    private String line() {
        Point first = points.get(0);
        StringBuilder path = new StringBuilder("M")
                .append(Diagram.point(first.x, columns.top() - BEYOND))
                .append(" L").append(Diagram.point(first.x, first.y));
        for (int i = 1; i < points.size(); i++) {
            Point from = points.get(i - 1);
            Point to = points.get(i);
            double bend = (to.y - from.y) / 2;
            path.append(" C").append(Diagram.point(from.x, from.y + bend))
                    .append(' ').append(Diagram.point(to.x, to.y - bend))
                    .append(' ').append(Diagram.point(to.x, to.y));
        }
        Point last = points.get(points.size() - 1);
        return path.append(" L").append(Diagram.point(last.x, columns.bottom() + BEYOND))
                .toString();
    }
}
