package org.chandylamport.picture;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.chandylamport.check.Verdict;
import org.chandylamport.check.Violation;
import org.jspecify.annotations.Nullable;

/** What is written above and below a diagram: the verdict, the signs, and the arguments. */
final class Captions {

    private static final double MARGIN = 24;
    private static final double LINE = 18;
    private static final int SHORT = 110;

    private final Execution execution;
    private final @Nullable Verdict verdict;
    private final Window window;
    private final double width;
    private final List<String> arguments;

    private record Sign(String shape, String text) {}

    private static final ImmutableList<Sign> SIGNS = ImmutableList.of(
            new Sign("", "message"),
            new Sign("recorded", "in transit at the cut"),
            new Sign("marker", "marker"),
            new Sign("record", "records its state"));

    Captions(Execution execution, @Nullable Verdict verdict, Window window, double width) {
        this.execution = execution;
        this.verdict = verdict;
        this.window = window;
        this.width = width;
        this.arguments = arguments();
    }

    String title() {
        if (verdict == null) {
            return String.format(Locale.ROOT, "%,d events of %,d processes",
                    execution.events().size(), execution.header().topology().processes().size());
        }
        return "Snapshot " + execution.audit().snapshots().name(verdict.snapshot()) + " is "
                + verdict.outcome();
    }

    double height() {
        return LINE * (arguments.isEmpty() ? 0.9 : 1.5 + arguments.size());
    }

    void drawHead(Svg svg) {
        svg.shape("circle", color(), "cx", MARGIN + 6, "cy", 30.5, "r", 6);
        svg.text(MARGIN + 20, 36, "title", title());
        svg.text(MARGIN, 58, "muted", state());
    }

    private String color() {
        if (!execution.audit().report().trace().isEmpty()) {
            return "bad";
        }
        return verdict == null ? "muted" : switch (verdict.outcome()) {
            case CONSISTENT -> "good";
            case INCONSISTENT -> "bad";
            case INCOMPLETE -> "open";
            case ABORTED -> "muted";
        };
    }

    private String state() {
        var snapshot = verdict == null ? null : execution.snapshots().get(verdict.snapshot());
        if (snapshot == null) {
            return verdict == null ? "No snapshot was recorded." : "It was not recorded.";
        }
        String state = "S* = " + snapshot.state();
        String events = window.isGapless() ? "" : String.format(Locale.ROOT, "; %,d of the %,d"
                + " events around it are drawn", window.events().length, window.span());
        return state.length() <= SHORT && Labels.width(state, 12) < width - 2 * MARGIN
                ? state
                : String.format(Locale.ROOT, "%,d messages in transit%s",
                        snapshot.state().inTransit(), events);
    }

    private List<String> arguments() {
        List<String> lines = new ArrayList<>();
        if (verdict != null) {
            for (Violation violation : verdict.violations()) {
                add(lines, violation.kind() + ": "
                        + execution.audit().named(violation.explanation(), verdict));
            }
        }
        for (Violation violation : execution.audit().report().trace()) {
            add(lines, "The trace is faulty, " + violation.kind() + ": " + violation.explanation());
        }
        return lines;
    }

    /** Adds the text, in lines that fit. */
    private void add(List<String> lines, String text) {
        StringBuilder line = new StringBuilder();
        for (String word : Splitter.on(' ').split(Shown.printable(text))) {
            if (Labels.width(line + " " + word, 12) > width - 2 * MARGIN && !line.isEmpty()) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
    }

    void drawFoot(Svg svg, double y) {
        double x = MARGIN;
        for (Sign sign : SIGNS) {
            if (sign.shape.equals("record")) {
                svg.shape("path", "record", "d", "M" + Diagram.point(x + 14, y - 4 - 7) + " l7 7"
                        + " l-7 7 l-7 -7 Z");
            } else {
                String dashed = sign.shape.equals("marker") ? " dashed" : "";
                svg.shape("path", ("arrow " + sign.shape + dashed).trim(),
                        "d", "M" + Diagram.point(x, y - 4) + " h28",
                        "marker-end", "url(#head" + sign.shape + ")");
            }
            svg.text(x + 36, y, "muted", sign.text);
            x += 36 + Labels.width(sign.text, 12) + 18;
        }
        double next = y + LINE * 1.6;
        for (String argument : arguments) {
            svg.text(MARGIN, next, "bad", argument);
            next += LINE;
        }
    }
}
