package org.chandylamport.picture;

import static org.chandylamport.picture.Columns.LANE;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chandylamport.check.Verdict;
import org.chandylamport.model.Event;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.jspecify.annotations.Nullable;

/**
 * The space-time diagram of an execution around one snapshot, as an SVG picture: a line a process,
 * an arrow a message, a dashed arrow a marker, and the cut as a line through the events by which
 * the processes recorded. Messages in transit at the cut are highlighted; what a violation is about
 * is red. It suits light and dark pages.
 */
public final class Diagram {

    private static final double TOP = 108;
    private static final double LEAST_WIDTH = 640;
    private static final double NAME = 14;
    private static final int NAME_LENGTH = 16;

    private final Execution execution;
    private final @Nullable Verdict verdict;
    private final @Nullable CutLine cut;
    private final Evidence evidence;
    private final Window window;
    private final Columns columns;
    private final double width;
    private final Captions captions;
    private final Svg svg;

    private Diagram(Execution execution, @Nullable Verdict verdict) {
        this.execution = execution;
        this.verdict = verdict;
        SnapshotId snapshot = verdict == null ? null : verdict.snapshot();
        cut = snapshot == null ? null : new CutLine(execution, snapshot);
        evidence = verdict == null || verdict.violations().isEmpty()
                ? Evidence.againstTrace(execution) : Evidence.against(execution, verdict);
        window = Window.of(execution, snapshot, cut, evidence);
        columns = new Columns(execution, window, 40 + nameWidth(), TOP);
        width = Math.max(LEAST_WIDTH, columns.right() + 40);
        captions = new Captions(execution, verdict, window, width);
        svg = new Svg(width, columns.bottom() + LANE * 0.8 + captions.height(), captions.title(),
                Resource.text("diagram.css"));
    }

    /**
     * The diagram of one snapshot.
     *
     * @param verdict the audit's verdict on the snapshot; null where there is none to show
     */
    public static String svg(Execution execution, @Nullable Verdict verdict) {
        return new Diagram(execution, verdict).draw();
    }

    private double nameWidth() {
        return execution.header().topology().processes().stream()
                .mapToDouble(p -> Math.max(
                        Labels.width(name(p), NAME), Labels.width(initial(p), 12)))
                .max().orElse(0);
    }

    private String draw() {
        svg.shape("rect", "paper", "x", 0.5, "y", 0.5, "width", width - 1,
                "height", columns.bottom() + LANE * 0.8 + captions.height() - 1, "rx", 10);
        captions.drawHead(svg);
        CutShape shape = cut == null ? null : new CutShape(cut, window, columns, execution);
        if (shape != null) {
            shape.drawPast(svg);
        }
        drawLanes();
        Labels labels = new Labels();
        for (int event : window.events()) {
            labels.keepFree(columns.x(event), columns.y(event), 7);
        }
        ArrowShapes arrows = new ArrowShapes(execution, cut, evidence, window, columns);
        arrows.draw(svg);
        if (shape != null) {
            shape.drawLine(svg);
        }
        for (int event : window.events()) {
            drawEvent(event, labels);
        }
        arrows.drawLabels(svg, labels);
        captions.drawFoot(svg, columns.bottom() + LANE * 0.8);
        return svg.finish();
    }

    private void drawLanes() {
        Map<ProcessId, Double> drawnTo = new HashMap<>();
        Multiset<ProcessId> hidden = HashMultiset.create();
        for (int event = 0; event < execution.events().size(); event++) {
            ProcessId p = execution.events().get(event).process();
            if (window.shows(event)) {
                drawLane(p, drawnTo.getOrDefault(p, columns.left()), columns.x(event),
                        hidden.setCount(p, 0));
                drawnTo.put(p, columns.x(event));
            } else {
                hidden.add(p);
            }
        }
        for (ProcessId p : execution.header().topology().processes()) {
            drawLane(p, drawnTo.getOrDefault(p, columns.left()), columns.right() + 12,
                    hidden.count(p));
            svg.text(24, columns.y(p) + 1, evidence.isAbout(p) ? "name bad" : "name", name(p));
            svg.text(24, columns.y(p) + 16, "muted", initial(p));
        }
    }

    private void drawLane(ProcessId p, double from, double to, int hidden) {
        double y = columns.y(p);
        if (hidden == 0) {
            svg.shape("line", "lane", "x1", from, "y1", y, "x2", to, "y2", y);
        } else {
            svg.shapeTitled(String.format(Locale.ROOT, "%,d events that are not drawn", hidden),
                    "line", "gap", "x1", from, "y1", y, "x2", to, "y2", y);
        }
    }

    private void drawEvent(int number, Labels labels) {
        Event<JsonNode, JsonNode> event = execution.events().get(number);
        double x = columns.x(number);
        double y = columns.y(number);
        String title = Sentence.of(event, execution);
        if (evidence.isAbout(number)) {
            svg.shape("circle", "ring", "cx", x, "cy", y, "r", 10);
        }
        if (event instanceof Event.RecordState || event instanceof Event.Abandon) {
            boolean isThis = verdict != null
                    && ((Event.System<?, ?>) event).snapshot().equals(verdict.snapshot());
            svg.shapeTitled(title, "path", isThis ? "record" : "other",
                    "d", diamond(x, y, isThis ? 8 : 6));
            if (isThis) {
                drawRecorded(event.process(), x, y, labels);
            }
        } else if (event instanceof Event.Internal) {
            svg.shapeTitled(title, "circle", "internal", "cx", x, "cy", y, "r", 3.5);
        } else {
            svg.shapeTitled(title, "circle", "event", "cx", x, "cy", y, "r", 3.5);
        }
    }

    private void drawRecorded(ProcessId p, double x, double y, Labels labels) {
        var snapshot = verdict == null ? null : execution.snapshots().get(verdict.snapshot());
        JsonNode state = snapshot == null ? null : snapshot.state().processes().get(p);
        if (state != null) {
            String text = Shown.brief(state);
            labels.keepFree(x, y - 17, Labels.width(text, 12) / 2);
            svg.text(x, y - 13, evidence.isAbout(p) ? "state bad" : "state", text);
        }
    }

    private static String diamond(double x, double y, double r) {
        List<String> corners = List.of(
                point(x, y - r), point(x + r, y), point(x, y + r), point(x - r, y));
        return "M" + String.join(" L", corners) + " Z";
    }

    static String point(double x, double y) {
        return Svg.number(x) + " " + Svg.number(y);
    }

    private static String name(ProcessId p) {
        return Shown.truncated(p.name(), NAME_LENGTH);
    }

    private String initial(ProcessId p) {
        JsonNode state = execution.header().initial().processes().get(p);
        return state == null ? "" : Shown.brief(state);
    }
}
