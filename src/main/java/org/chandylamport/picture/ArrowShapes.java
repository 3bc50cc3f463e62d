package org.chandylamport.picture;

import static org.chandylamport.picture.Arrow.NONE;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arrows of a diagram, and what is written beside them. */
final class ArrowShapes {

    /** So many messages can all be labelled. */
    private static final int LABELLED = 90;

    private static final double HEAD = 9;
    private static final double STUB = 20;
    private static final String[] TYPES = {"", "marker", "recorded", "wrong"};

    private final Execution execution;
    private final Window window;
    private final Columns columns;
    private final List<Shape> shapes = new ArrayList<>();

    /** @param type one of {@link #TYPES}, those on top later */
    private record Shape(
            Arrow arrow, String type, double x1, double y1, double x2, double y2, boolean isStub) {

        int rank() {
            return List.of(TYPES).indexOf(type);
        }
    }

    ArrowShapes(Execution execution, @Nullable CutLine cut, Evidence evidence, Window window,
            Columns columns) {
        this.execution = execution;
        this.window = window;
        this.columns = columns;
        for (Arrow arrow : execution.arrows()) {
            boolean isRecorded = cut != null && cut.isCrossedBy(arrow);
            String type = evidence.isAbout(arrow) ? "wrong" : isRecorded ? "recorded"
                    : arrow.isMessage() ? "" : "marker";
            add(arrow, type);
        }
        shapes.sort(Comparator.comparingInt(Shape::rank));
    }

    private void add(Arrow arrow, String type) {
        boolean from = window.shows(arrow.from());
        boolean to = window.shows(arrow.to());
        boolean isHighlighted = type.equals("recorded") || type.equals("wrong");
        boolean isBeginning = window.isGapless() && window.shows(0);
        if (from && to) {
            shapes.add(new Shape(arrow, type, columns.x(arrow.from()), columns.y(arrow.from()),
                    columns.x(arrow.to()), columns.y(arrow.to()), false));
        } else if (to && arrow.from() == NONE && arrow.isMessage() && isBeginning) {
            shapes.add(new Shape(arrow, type, columns.left(), columns.y(arrow.channel().from()),
                    columns.x(arrow.to()), columns.y(arrow.to()), false));
        } else if ((from || to) && (window.isGapless() || isHighlighted)) {
            double slope = slope(arrow);
            double x = columns.x(from ? arrow.from() : arrow.to());
            double y = columns.y(from ? arrow.from() : arrow.to());
            shapes.add(from
                    ? new Shape(arrow, type, x, y, x + STUB, y + slope, true)
                    : new Shape(arrow, type, x - STUB, y - slope, x, y, true));
        }
    }

    private double slope(Arrow arrow) {
        double down = columns.y(arrow.channel().to()) - columns.y(arrow.channel().from());
        return Math.signum(down) * STUB * 0.8;
    }

    void draw(Svg svg) {
        svg.open("defs", "");
        for (String type : TYPES) {
            svg.open("marker", "", "id", "head" + type, "viewBox", "0 0 10 10", "refX", 9,
                    "refY", 5, "markerWidth", HEAD, "markerHeight", HEAD,
                    "markerUnits", "userSpaceOnUse", "orient", "auto");
            svg.shape("path", ("head " + type).trim(), "d", "M0 1.2 L10 5 L0 8.8 Z");
            svg.close();
        }
        svg.close();
        for (Shape shape : shapes) {
            String type = "arrow" + (shape.type.isEmpty() ? "" : " " + shape.type)
                    + (shape.arrow.isMessage() ? "" : " dashed")
                    + (shape.isStub ? " stub" : "");
            svg.shapeTitled(Sentence.of(shape.arrow, execution), "path", type,
                    "d", path(shape), "marker-end", "url(#head" + shape.type + ")");
        }
    }

    /** A straight line, or an arc where a process sends to itself; it ends beside the event. */
    private static String path(Shape shape) {
        double dx = shape.x2 - shape.x1;
        double dy = shape.y2 - shape.y1;
        double length = Math.hypot(dx, dy);
        if (dy == 0) {
            double height = Math.min(30, 14 + dx / 6);
            return "M" + Diagram.point(shape.x1, shape.y1) + " C"
                    + Diagram.point(shape.x1 + dx / 4, shape.y1 - height) + " "
                    + Diagram.point(shape.x2 - dx / 4, shape.y1 - height) + " "
                    + Diagram.point(shape.x2 - 2, shape.y2 - 5);
        }
        double end = shape.isStub && shape.arrow.from() != NONE ? 0 : 4 / length;
        return "M" + Diagram.point(shape.x1, shape.y1) + " L"
                + Diagram.point(shape.x2 - end * dx, shape.y2 - end * dy);
    }

    void drawLabels(Svg svg, Labels labels) {
        boolean isCrowded = shapes.size() > LABELLED;
        for (int i = shapes.size() - 1; i >= 0; i--) {
            Shape shape = shapes.get(i);
            boolean must = shape.type.equals("recorded") || shape.type.equals("wrong");
            if (shape.arrow.message() == null || shape.isStub || (isCrowded && !must)) {
                continue;
            }
            String text = Shown.brief(shape.arrow.message());
            Labels.Place place =
                    labels.beside(shape.x1, shape.y1, shape.x2, shape.y2, text, must);
            if (place != null) {
                double lift = shape.y1 == shape.y2 ? 20 : 0;
                svg.text(place.x(), place.y() - lift, ("label " + shape.type).trim(), text);
            }
        }
    }
}
