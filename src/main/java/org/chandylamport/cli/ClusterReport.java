package org.chandylamport.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Joiner;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chandylamport.check.Theorem1;
import org.chandylamport.check.Verdict;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.trace.AuditReport;
import org.jspecify.annotations.Nullable;

/** What came of a run on several nodes, and what the audit of their traces says. */
final class ClusterReport {

    private final ClusterRun.Outcome outcome;
    private final AuditReport audit;

    ClusterReport(ClusterRun.Outcome outcome, AuditReport audit) {
        this.outcome = outcome;
        this.audit = audit;
    }

    private @Nullable Verdict verdict(long snapshot) {
        return audit.report().snapshots().stream()
                .filter(verdict -> verdict.snapshot().number() == snapshot)
                .findFirst().orElse(null);
    }

    private static String initiators(JsonNode snapshot) {
        List<String> names = new ArrayList<>();
        snapshot.path("initiators").forEach(p -> names.add(p.asText()));
        return Joiner.on(' ').join(names);
    }

    /** Prints it as text, in the shape of {@code run}. */
    void print(PrintWriter out) {
        out.printf("%8s  %12s  %10s  %-12s  %s%n",
                "snapshot", "microseconds", "in transit", "verdict", "initiators");
        outcome.complete().forEach((id, snapshot) -> {
            Verdict verdict = verdict(id);
            out.printf(Locale.ROOT, "%8s  %,12d  %,10d  %-12s  %s%n", id,
                    snapshot.path("nanos").asLong() / 1000, snapshot.path("inTransit").asLong(),
                    verdict == null ? "not audited" : verdict.outcome(), initiators(snapshot));
            if (verdict != null) {
                verdict.violations().forEach(v -> out.println("          " + v.explanation()));
                verdict.assumptions().forEach(text -> out.println("          " + text));
            }
        });
        outcome.aborted().values().forEach(out::println);
        if (outcome.refused() > 0) {
            out.printf("%d more could not be taken%n", outcome.refused());
        }
        if (outcome.nanos() > 0) {
            out.printf(Locale.ROOT, "%,d messages in %.2f s: %,.0f messages/s%n",
                    outcome.received(), outcome.nanos() / 1e9,
                    outcome.received() * 1e9 / outcome.nanos());
        }
        audit.report().trace().forEach(v -> out.println("trace: " + v.explanation()));
        out.printf(Locale.ROOT, "%d of %d snapshots are consistent cuts of the %,d events%n",
                consistent(), outcome.complete().size(), audit.report().events());
        out.printf("%d of %d lie on a computation constructed as in Theorem 1%n",
                audit.constructions().values().stream().filter(Theorem1::holds).count(),
                audit.constructions().size());
    }

    private long consistent() {
        return outcome.complete().keySet().stream().map(this::verdict)
                .filter(v -> v != null && v.outcome() == Verdict.Outcome.CONSISTENT).count();
    }

    /** Whether the audit refutes something, or a complete snapshot has no verdict. */
    boolean isRefuted() {
        return !audit.isClean() || consistent() != outcome.complete().size();
    }

    /** The result as one JSON object. */
    ObjectNode asJson(Workload workload, int nodes) {
        ObjectNode result = JsonMapper.builder().build().createObjectNode()
                .put("app", workload.app().toString())
                .put("topology", workload.shape() + " graph")
                .put("seed", workload.seed())
                .put("nodes", nodes)
                .put("messages", outcome.received())
                .put("seconds", outcome.nanos() / 1e9)
                .put("events", audit.report().events());
        ArrayNode violations = result.putArray("traceViolations");
        audit.report().trace().forEach(v -> violations.add(v.explanation()));
        ArrayNode list = result.putArray("snapshots");
        outcome.complete().forEach((id, snapshot) -> list.add(row(id, snapshot)));
        for (Map.Entry<Long, String> entry : outcome.aborted().entrySet()) {
            list.addObject().put("snapshot", entry.getKey()).put("verdict", "aborted")
                    .put("cause", entry.getValue());
        }
        ArrayNode complaints = result.putArray("complaints");
        outcome.complaints().forEach(complaints::add);
        return result;
    }

    private ObjectNode row(long id, JsonNode snapshot) {
        Verdict verdict = verdict(id);
        ObjectNode row = JsonMapper.builder().build().createObjectNode()
                .put("snapshot", id)
                .put("microseconds", snapshot.path("nanos").asLong() / 1000)
                .put("inTransit", snapshot.path("inTransit").asLong())
                .put("verdict", verdict == null ? null : verdict.outcome().toString());
        row.set("initiators", snapshot.path("initiators"));
        ArrayNode violations = row.putArray("violations");
        if (verdict != null) {
            verdict.violations().forEach(v -> violations.add(v.explanation()));
        }
        Theorem1<JsonNode, JsonNode> theorem = audit.constructions().get(new SnapshotId(id));
        if (theorem != null) {
            row.put("theorem1", theorem.holds());
        }
        return row;
    }
}
