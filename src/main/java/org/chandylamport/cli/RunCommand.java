package org.chandylamport.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Joiner;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.chandylamport.app.App;
import org.chandylamport.app.Bank;
import org.chandylamport.app.Tokens;
import org.chandylamport.check.Report;
import org.chandylamport.check.Theorem1;
import org.chandylamport.check.Verdict;
import org.chandylamport.cli.GraphOptions.Shape;
import org.chandylamport.model.Topology;
import org.chandylamport.trace.TraceWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code run}: an app on real threads, with overlapping snapshots, audited as it runs. */
@Command(name = "run", description = {
    "Runs an app on real threads, records overlapping snapshots of it, and proves each to be a"
            + " reachable consistent global state of that very run.",
    "Exit status: 0 if every snapshot is consistent, 1 if one is refuted, 2 if it could not run."})
final class RunCommand implements Callable<Integer> {

    /** The apps, by the name that a user types. */
    enum AppName {
        bank, tokens
    }

    private static final long MOST_MESSAGES = 1_000_000_000_000L;
    private static final int MOST_WORKERS = 1000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final GraphOptions graph = new GraphOptions(Shape.random, 16);

    @Option(names = "--app", paramLabel = "APP", defaultValue = "bank",
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private AppName appName;

    @Option(names = "--messages", paramLabel = "N", defaultValue = "100000",
            description = "The least number of messages that the app sends"
                    + " (default: ${DEFAULT-VALUE}).")
    private long messages;

    @Option(names = "--snapshots", paramLabel = "K", defaultValue = "10",
            description = "How many snapshots, spread over the run (default: ${DEFAULT-VALUE}).")
    private int snapshots;

    @Option(names = "--workers", paramLabel = "W",
            description = "How many threads run processes (default: one a processor).")
    private int workers = Runtime.getRuntime().availableProcessors();

    @Option(names = "--seed", paramLabel = "S",
            description = "Decides the random graph, the app's choices and the initiators, but not"
                    + " what the threads do (default: a random one, which is printed).")
    private @Nullable Long seed;

    @Option(names = "--trace", paramLabel = "FILE",
            description = "Write the trace of the run there; a name in .gz is compressed.")
    private @Nullable Path trace;

    @Option(names = "--no-audit",
            description = "Do not audit the snapshots: measures the run without the audit.")
    private boolean noAudit;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        require(messages >= 1 && messages <= MOST_MESSAGES,
                "--messages is at least 1 and at most " + MOST_MESSAGES + ", not " + messages);
        require(snapshots >= 0, "--snapshots is at least 0, not " + snapshots);
        require(workers >= 1 && workers <= MOST_WORKERS,
                "--workers is from 1 to " + MOST_WORKERS + ", not " + workers);
        long chosen = seed == null ? new SecureRandom().nextInt(1_000_000) : seed;
        Topology topology = graph.topology(chosen);
        topology.processes().forEach(p -> require(!topology.outgoing(p).isEmpty(),
                "--processes is at least 2 for this --topology: " + p + " has no channel"));
        return appName == AppName.bank
                ? run(topology, new Bank(topology, messages, chosen), chosen)
                : run(topology, new Tokens(topology, messages), chosen);
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    private <S, M> int run(Topology topology, App<S, M> app, long chosen) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Run.Outcome<S, M> outcome;
        try (TraceWriter<S, M> writer = trace == null ? null : writer(trace, topology, app);
                Progress progress = new Progress(
                        spec.commandLine().getErr(), "messages", app.messages())) {
            announce(topology, chosen, out);
            LiveAudit<S, M> audit = noAudit && writer == null
                    ? null : new LiveAudit<>(topology, app.initial(), writer, !noAudit);
            outcome = new Run<>(topology, app, snapshots, workers, chosen, audit)
                    .run(progress);
        }
        if (json) {
            out.println(asJson(outcome, chosen));
        } else {
            print(outcome, out);
        }
        return outcome.isRefuted() ? 1 : 0;
    }

    private static <S, M> TraceWriter<S, M> writer(
            Path trace, Topology topology, App<S, M> app) throws IOException {
        try {
            return new TraceWriter<>(trace, topology, app.initial());
        } catch (IOException e) {
            throw new IOException("--trace " + trace + " cannot be written: " + e.getMessage(), e);
        }
    }

    private void announce(Topology topology, long chosen, PrintWriter out) {
        if (!json) {
            out.printf(Locale.ROOT,
                    "%s, %s of %,d processes and %,d channels, %d workers, seed %d%n", appName,
                    graph, topology.processes().size(), topology.channels().size(),
                    workers, chosen);
            out.flush();
        }
    }

    private static <S, M> void print(Run.Outcome<S, M> outcome, PrintWriter out) {
        out.printf("%8s  %12s  %10s  %-12s  %s%n",
                "snapshot", "microseconds", "in transit", "verdict", "initiators");
        for (Run.Taken<S, M> taken : outcome.taken()) {
            Verdict verdict = outcome.verdict(taken.snapshot().id());
            out.printf(Locale.ROOT, "%8s  %,12d  %,10d  %-12s  %s%n",
                    taken.snapshot().id(), taken.nanos() / 1000,
                    taken.snapshot().state().inTransit(),
                    verdict == null ? "not audited" : verdict.outcome(),
                    Joiner.on(' ').join(taken.snapshot().initiators()));
            if (verdict != null) {
                verdict.violations().forEach(v -> out.println("          " + v.explanation()));
            }
        }
        out.printf(Locale.ROOT, "%,d messages in %.2f s: %,.0f messages/s%n",
                outcome.messages(), outcome.nanos() / 1e9, outcome.messagesPerSecond());
        if (outcome.report() != null) {
            outcome.report().trace().forEach(v -> out.println("trace: " + v.explanation()));
            conclude(outcome, outcome.report(), out);
        }
    }

    private static <S, M> void conclude(
            Run.Outcome<S, M> outcome, Report report, PrintWriter out) {
        long consistent = report.snapshots().stream()
                .filter(verdict -> verdict.outcome() == Verdict.Outcome.CONSISTENT).count();
        out.printf(Locale.ROOT, "%d of %d snapshots are consistent cuts of the %,d events%n",
                consistent, outcome.taken().size(), report.events());
        long witnesses = outcome.theorems().values().stream().filter(Theorem1::holds).count();
        out.printf("%d of %d lie on a computation constructed as in Theorem 1%n",
                witnesses, outcome.theorems().size());
        outcome.theorems().forEach((id, theorem) -> {
            if (theorem instanceof Theorem1.Refutation<S, M> refutation) {
                out.println("  snapshot " + id + ": " + refutation.violation().explanation());
            }
        });
        if (outcome.theorems().size() < outcome.taken().size()) {
            out.printf(Locale.ROOT, "It is constructed for runs of up to %,d events, and up to"
                            + " %,d events for all snapshots together%n",
                    LiveAudit.MOST_EVENTS_KEPT, Run.MOST_EVENTS_REPLAYED);
        }
    }

    private <S, M> ObjectNode asJson(Run.Outcome<S, M> outcome, long chosen) {
        ObjectNode result = JsonMapper.builder().build().createObjectNode()
                .put("app", appName.toString())
                .put("topology", graph.toString())
                .put("seed", chosen)
                .put("workers", workers)
                .put("messages", outcome.messages())
                .put("seconds", outcome.nanos() / 1e9)
                .put("messagesPerSecond", outcome.messagesPerSecond());
        if (outcome.report() != null) {
            ArrayNode violations = result.put("events", outcome.report().events())
                    .putArray("traceViolations");
            outcome.report().trace().forEach(v -> violations.add(v.explanation()));
        }
        ArrayNode list = result.putArray("snapshots");
        for (Run.Taken<S, M> taken : outcome.taken()) {
            Verdict verdict = outcome.verdict(taken.snapshot().id());
            ObjectNode one = list.addObject()
                    .put("snapshot", taken.snapshot().id().number())
                    .put("microseconds", taken.nanos() / 1000)
                    .put("inTransit", taken.snapshot().state().inTransit())
                    .put("verdict", verdict == null ? null : verdict.outcome().toString());
            ArrayNode initiators = one.putArray("initiators");
            taken.snapshot().initiators().forEach(p -> initiators.add(p.name()));
            ArrayNode violations = one.putArray("violations");
            if (verdict != null) {
                verdict.violations().forEach(v -> violations.add(v.explanation()));
            }
            Theorem1<S, M> theorem = outcome.theorems().get(taken.snapshot().id());
            if (theorem != null) {
                one.put("theorem1", theorem.holds());
            }
        }
        return result;
    }
}
