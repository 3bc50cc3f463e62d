package org.chandylamport.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableSortedMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.chandylamport.check.Report;
import org.chandylamport.check.Theorem1;
import org.chandylamport.check.Verdict;
import org.chandylamport.check.Violation;
import org.chandylamport.model.SnapshotId;

/**
 * The result of an audit, to be shown: as the JSON object of the trace format, or as text.
 * Snapshots have the names that the trace gives them.
 *
 * @param constructions Theorem 1 for some snapshots, to be shown with their verdicts
 */
public record AuditReport(
        Report report,
        SnapshotNames snapshots,
        ImmutableSortedMap<SnapshotId, Theorem1<JsonNode, JsonNode>> constructions) {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int SHORT = 8;

    /** Whether the trace is valid, every snapshot consistent or aborted, and Theorem 1 holds. */
    public boolean isClean() {
        return report.isClean() && constructions.values().stream().allMatch(Theorem1::holds);
    }

    /**
     * The object of the trace format. A snapshot has {@code assumptions}, an array of sentences,
     * where its verdict rests on what the trace does not show; and {@code witness} where Theorem 1
     * was constructed: after how many of the permuted events it is met, or why it is refuted.
     */
    public ObjectNode json() {
        ObjectNode object = NODES.objectNode();
        object.put("events", report.events());
        object.putObject("trace")
                .put("verdict", traceVerdict())
                .set("violations", json(report.trace()));
        ArrayNode verdicts = object.putArray("snapshots");
        report.snapshots().forEach(verdict -> verdicts.add(json(verdict)));
        return object;
    }

    /** A line a snapshot, its violations beneath it; then the trace's, and a line that counts. */
    public List<String> text() {
        List<String> lines = new ArrayList<>();
        for (Verdict verdict : report.snapshots()) {
            lines.add("snapshot " + name(verdict) + ": " + verdict.outcome() + cut(verdict));
            verdict.violations().forEach(violation -> lines.add("  " + violation.kind() + ": "
                    + named(violation.explanation(), verdict)));
            verdict.assumptions().forEach(assumption ->
                    lines.add("  assuming that " + named(assumption, verdict)));
            Theorem1<JsonNode, JsonNode> theorem = constructions.get(verdict.snapshot());
            if (theorem != null) {
                WitnessText.lines(theorem).forEach(line -> lines.add("  " + line));
            }
        }
        if (!report.trace().isEmpty()) {
            lines.add("the trace is faulty: it is no computation over reliable FIFO channels");
            report.trace().forEach(violation ->
                    lines.add("  " + violation.kind() + ": " + violation.explanation()));
        }
        lines.add(counted(report.events(), "event") + "; the trace is " + traceVerdict() + "; "
                + counted(report.snapshots().size(), "snapshot") + counts());
        lines.replaceAll(Printable::line);
        return lines;
    }

    private String traceVerdict() {
        return report.trace().isEmpty() ? "valid" : "faulty";
    }

    private ObjectNode json(Verdict verdict) {
        ObjectNode object = NODES.objectNode();
        object.set("snapshot", name(verdict));
        object.put("verdict", verdict.outcome().toString());
        ObjectNode cut = object.putObject("cut");
        verdict.cut().forEach((p, events) -> cut.put(p.name(), events));
        object.set("violations", json(verdict.violations().stream()
                .map(violation -> new Violation(violation.kind(), violation.process(),
                        violation.channel(), violation.message(),
                        named(violation.explanation(), verdict)))
                .toList()));
        if (!verdict.assumptions().isEmpty()) {
            ArrayNode assumptions = object.putArray("assumptions");
            verdict.assumptions().forEach(text -> assumptions.add(named(text, verdict)));
        }
        Theorem1<JsonNode, JsonNode> theorem = constructions.get(verdict.snapshot());
        if (theorem != null) {
            object.set("witness", WitnessText.json(theorem));
        }
        return object;
    }

    private static ArrayNode json(List<Violation> violations) {
        ArrayNode array = NODES.arrayNode();
        for (Violation violation : violations) {
            ObjectNode object = array.addObject().put("kind", violation.kind().toString());
            if (violation.channel() != null) {
                object.put("channel", violation.channel().name());
            }
            if (violation.message() > 0) {
                object.put("message", violation.message());
            }
            if (violation.process() != null) {
                object.put("process", violation.process().name());
            }
            object.put("explanation", violation.explanation());
        }
        return array;
    }

    private JsonNode name(Verdict verdict) {
        return snapshots.name(verdict.snapshot());
    }

    /** Sentences know snapshots by number; here they get the name back that the trace gave them. */
    public String named(String sentence, Verdict verdict) {
        return sentence.replace("snapshot " + verdict.snapshot(), "snapshot " + name(verdict));
    }

    private static String cut(Verdict verdict) {
        if (verdict.cut().isEmpty()) {
            return "";
        }
        if (verdict.cut().size() > SHORT) {
            long events = verdict.cut().values().stream().mapToLong(Long::longValue).sum();
            return ", cut after " + counted(events, "event") + " of "
                    + counted(verdict.cut().size(), "process");
        }
        return verdict.cut().entrySet().stream()
                .map(place -> place.getKey() + " " + place.getValue())
                .collect(Collectors.joining(", ", ", cut after ", ""));
    }

    private String counts() {
        Map<Verdict.Outcome, Integer> counts = new TreeMap<>(Comparator.naturalOrder());
        report.snapshots().forEach(verdict -> counts.merge(verdict.outcome(), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", ", counts.isEmpty() ? "" : ": ", ""));
    }

    private static String counted(long number, String noun) {
        String plural = noun.endsWith("s") ? "es" : "s";
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : plural);
    }
}
