package org.chandylamport.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Joiner;
import java.io.PrintWriter;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.chandylamport.check.Report;
import org.chandylamport.check.Theorem1;
import org.chandylamport.check.Verdict;
import org.chandylamport.trace.Witnesses;
import org.jspecify.annotations.Nullable;

/** What came of a run, for people or for programs. */
final class RunReport<S, M> {

    private static final int MOST_ROWS = 20;

    private final Outcome<S, M> outcome;
    private final @Nullable String property;

    /** @param property the name of the stable property that was looked for, or null */
    RunReport(Outcome<S, M> outcome, @Nullable String property) {
        this.outcome = outcome;
        this.property = property;
    }

    /** Prints it as text. */
    void print(PrintWriter out) {
        rows(out);
        if (outcome.nanos() > 0) {
            out.printf(Locale.ROOT, "%,d messages in %.2f s: %,.0f messages/s%n",
                    outcome.messages(), outcome.nanos() / 1e9, outcome.messagesPerSecond());
        }
        if (outcome.complete() > 0) {
            Histogram microseconds = outcome.microseconds();
            out.printf(Locale.ROOT, "snapshots take p50 %,d, p99 %,d microseconds%n",
                    microseconds.getValueAtPercentile(50), microseconds.getValueAtPercentile(99));
        }
        if (outcome.report() != null) {
            outcome.report().trace().forEach(v -> out.println("trace: " + v.explanation()));
            conclude(outcome.report(), out);
        }
        if (property != null) {
            out.println(outcome.detected()
                    .map(found -> property + " detected in snapshot " + found.snapshot().id() + ": "
                            + found.witness())
                    .orElse("no " + property + ": the app has come to its end"));
        }
    }

    private void rows(PrintWriter out) {
        out.printf("%8s  %12s  %10s  %-12s  %s%n",
                "snapshot", "microseconds", "in transit", "verdict", "initiators");
        int skipped = Math.max(0, outcome.taken().size() - MOST_ROWS);
        if (skipped > 0) {
            out.printf(Locale.ROOT, "%8s  (%,d before these)%n", "...", skipped);
        }
        for (Outcome.Taken taken : outcome.taken()) {
            Verdict verdict = outcome.verdict(taken.id());
            if (skipped-- > 0 && !isWrong(taken, verdict)) {
                continue;
            }
            boolean aborted = taken.aborted().isPresent();
            out.printf(Locale.ROOT, "%8s  %,12d  %10s  %-12s  %s%n",
                    taken.id(), taken.nanos() / 1000,
                    aborted ? "-" : String.format(Locale.ROOT, "%,d", taken.inTransit()),
                    aborted ? Verdict.Outcome.ABORTED
                            : verdict == null ? "not audited" : verdict.outcome(),
                    aborted ? "-" : Joiner.on(' ').join(taken.initiators()));
            taken.aborted().ifPresent(cause -> out.println("          " + cause));
            if (verdict != null) {
                verdict.violations().forEach(v -> out.println("          " + v.explanation()));
                verdict.assumptions().forEach(text -> out.println("          " + text));
            }
            taken.violation().ifPresent(violation -> out.println("          " + violation));
        }
    }

    private static boolean isWrong(Outcome.Taken taken, @Nullable Verdict verdict) {
        return taken.violation().isPresent()
                || taken.aborted().isPresent()
                || (verdict != null && verdict.outcome() != Verdict.Outcome.CONSISTENT);
    }

    private void conclude(Report report, PrintWriter out) {
        out.printf(Locale.ROOT, "%d of %d snapshots are consistent cuts of the %,d events%n",
                outcome.consistent(), outcome.complete(), report.events());
        long witnesses = outcome.theorems().values().stream().filter(Theorem1::holds).count();
        out.printf("%d of %d lie on a computation constructed as in Theorem 1%n",
                witnesses, outcome.theorems().size());
        outcome.theorems().forEach((id, theorem) -> {
            if (theorem instanceof Theorem1.Refutation<S, M> refutation) {
                out.println("  snapshot " + id + ": " + refutation.violation().explanation());
            }
        });
        long assuming = report.snapshots().stream()
                .filter(verdict -> !verdict.assumptions().isEmpty()).count();
        if (outcome.theorems().size() + assuming < outcome.complete()) {
            out.printf(Locale.ROOT, "It is constructed for runs of up to %,d events, and up to"
                            + " %,d events for all snapshots together%n",
                    Witnesses.LIMIT, Witnesses.REPLAYED);
        }
    }

    /**
     * The result as one JSON object.
     *
     * @param parts what the run had so many of: workers, nodes
     */
    ObjectNode asJson(Workload workload, String parts, int count) {
        ObjectNode result = JsonMapper.builder().build().createObjectNode()
                .put("app", workload.app().toString())
                .put("topology", workload.shape() + " graph")
                .put("seed", workload.seed())
                .put(parts, count)
                .put("messages", outcome.messages())
                .put("seconds", outcome.nanos() / 1e9)
                .put("messagesPerSecond", outcome.messagesPerSecond());
        if (outcome.report() != null) {
            ArrayNode violations = result.put("events", outcome.report().events())
                    .putArray("traceViolations");
            outcome.report().trace().forEach(v -> violations.add(v.explanation()));
        }
        if (property != null) {
            ObjectNode detection = result.putObject("detect").put("property", property);
            outcome.detected().ifPresent(found -> detection
                    .put("snapshot", found.snapshot().id().number())
                    .put("witness", found.witness()));
        }
        if (outcome.complete() > 0) {
            Histogram microseconds = outcome.microseconds();
            result.putObject("microseconds")
                    .put("p50", microseconds.getValueAtPercentile(50))
                    .put("p99", microseconds.getValueAtPercentile(99));
        }
        ArrayNode list = result.putArray("snapshots");
        outcome.taken().forEach(taken -> describe(taken, list.addObject()));
        return result;
    }

    private void describe(Outcome.Taken taken, ObjectNode one) {
        one.put("snapshot", taken.id().number()).put("microseconds", taken.nanos() / 1000);
        if (taken.aborted().isPresent()) {
            one.put("verdict", Verdict.Outcome.ABORTED.toString())
                    .put("cause", taken.aborted().get());
            return;
        }
        Verdict verdict = outcome.verdict(taken.id());
        one.put("inTransit", taken.inTransit())
                .put("verdict", verdict == null ? null : verdict.outcome().toString());
        ArrayNode initiators = one.putArray("initiators");
        taken.initiators().forEach(p -> initiators.add(p.name()));
        ArrayNode violations = one.putArray("violations");
        if (verdict != null) {
            verdict.violations().forEach(v -> violations.add(v.explanation()));
            if (!verdict.assumptions().isEmpty()) {
                ArrayNode assumptions = one.putArray("assumptions");
                verdict.assumptions().forEach(assumptions::add);
            }
        }
        taken.violation().ifPresent(violations::add);
        Theorem1<S, M> theorem = outcome.theorems().get(taken.id());
        if (theorem != null) {
            one.put("theorem1", theorem.holds());
        }
    }
}
