package org.chandylamport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Prints the table of goals with what was measured: ratios of results that stand in the same files.
 *
 * <p>Arguments: results of the benchmarks, in JMH's JSON.
 */
public final class Goals {

    /** Scores by the benchmark's or its part's name, and the values of its parameters. */
    private final Map<String, Double> scores = new TreeMap<>();

    private record Goal(String what, String goal, String measured, String baseline) {}

    private static final List<Goal> GOALS = List.of(
            new Goal("closed loop, ring of 2, 1 token, against bare queues", "≥ 0.8",
                    "message ring2 network 1", "message ring2 jctools 1"),
            new Goal("the same, 64 tokens", "≥ 0.5",
                    "message ring2 network 64", "message ring2 jctools 64"),
            new Goal("the same, 64 tokens, against Pekko", "≥ 5",
                    "message ring2 network 64", "message ring2 pekko 64"),
            new Goal("a message with 64 live snapshots, against 1", "≤ 1.5",
                    "receive 64", "receive 1"),
            new Goal("a marker, 10³ channels, against an element of as many bare queues", "≤ 4",
                    "snapshot:elements 1000", "bareQueues:elements 1000"),
            new Goal("the same, 10⁵ channels", "≤ 4",
                    "snapshot:elements 100000", "bareQueues:elements 100000"),
            new Goal("a marker, 10³ channels, against an element of one bare queue, round trip",
                    "≤ 4", "snapshot:elements 1000", "1e9/ message ring2 jctools 1"),
            new Goal("a marker at 10⁶ channels, against 10³", "≤ 3",
                    "snapshot:elements 1000000", "snapshot:elements 1000"),
            new Goal("a hop on a ring of 10⁵, against 10", "≤ 4",
                    "hop network 100000", "hop network 10"),
            new Goal("idle snapshot, ring of 2, against Pekko, p50", "≤ 0.5",
                    "round:p50 ring2 network 0", "round:p50 ring2 pekko 0"),
            new Goal("idle snapshot, complete graph of 4, against Pekko, p50", "≤ 0.5",
                    "round:p50 complete4 network 0", "round:p50 complete4 pekko 0"),
            new Goal("throughput with snapshots one after another, against none", "≥ 0.8",
                    "message complete4 network:1 64", "message complete4 network:0 64"),
            new Goal("stopping the world one after another, bare queues, against none", "below",
                    "message complete4 jctools:1 64", "message complete4 jctools:0 64"),
            new Goal("throughput with 8 snapshots overlapping, against none", "-",
                    "message complete4 network:8 64", "message complete4 network:0 64"),
            new Goal("audit in memory, million events/s", "≥ 1", "auditInMemory:events", "1e6"),
            new Goal("audit of a file, million events/s", "≥ 1", "auditFile:events", "1e6"),
            new Goal("explore against TLC with 2 workers, time of TLC", "≥ 5", "tlc", "explore"));

    public static void main(String[] files) throws IOException {
        Goals goals = new Goals();
        for (String file : files) {
            for (JsonNode result : new ObjectMapper().readTree(Path.of(file).toFile())) {
                goals.read(result);
            }
        }
        goals.print();
    }

    private void read(JsonNode result) {
        String name = result.path("benchmark").asText().replaceAll(".*\\.", "");
        List<String> parameters = new ArrayList<>();
        result.path("params").properties().forEach(p -> parameters.add(p.getValue().asText()));
        String suffix = String.join("", parameters.stream().map(value -> " " + value).toList());
        JsonNode primary = result.path("primaryMetric");
        scores.put(name + suffix, primary.path("score").asDouble());
        JsonNode median = primary.path("scorePercentiles").path("50.0");
        scores.put(name + ":p50" + suffix, median.asDouble());
        result.path("secondaryMetrics").properties().forEach(metric -> scores.put(
                name + ":" + metric.getKey() + suffix, metric.getValue().path("score").asDouble()));
    }

    private OptionalDouble score(String name) {
        if (name.startsWith("1e9/ ")) {
            OptionalDouble perSecond = score(name.substring(5));
            return perSecond.isPresent()
                    ? OptionalDouble.of(1e9 / perSecond.getAsDouble()) : perSecond;
        }
        if (name.equals("1e6")) {
            return OptionalDouble.of(1e6);
        }
        Double score = scores.get(name);
        return score == null ? OptionalDouble.empty() : OptionalDouble.of(score);
    }

    private void print() {
        System.out.println("| what | goal | measured | of |");
        System.out.println("|---|---|---|---|");
        for (Goal goal : GOALS) {
            OptionalDouble measured = score(goal.measured);
            OptionalDouble baseline = score(goal.baseline);
            if (measured.isPresent() && baseline.isPresent()) {
                System.out.printf(Locale.ROOT, "| %s | %s | %.2f | %,.4g / %,.4g |%n", goal.what,
                        goal.goal, measured.getAsDouble() / baseline.getAsDouble(),
                        measured.getAsDouble(), baseline.getAsDouble());
            }
        }
    }
}
