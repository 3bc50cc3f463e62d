package org.chandylamport.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.chandylamport.app.App;
import org.chandylamport.check.Audit;
import org.chandylamport.check.Report;
import org.chandylamport.cli.GraphOptions.Shape;
import org.chandylamport.store.SnapshotStore;
import org.chandylamport.store.StoredSnapshot;
import org.chandylamport.trace.AuditReport;
import org.chandylamport.trace.TraceException;
import org.chandylamport.trace.TraceFiles;
import org.chandylamport.trace.Witnesses;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cluster}: an app on several JVMs of this machine, whose traces are audited together. */
@Command(name = "cluster", description = {
    "Runs an app on several nodes, each a JVM of its own on this machine, records snapshots from"
            + " all of them, gathers the trace of every node, and audits them together.",
    "Exit status: 0 if every snapshot is consistent, 1 if one is refuted, 2 if the network could"
            + " not start or broke."})
final class ClusterCommand implements Callable<Integer> {

    private static final int MOST_NODES = 100;

    /** A run of fewer messages ends sooner if the nodes are not compiled with all care. */
    private static final long COMPILED_WELL = 2_000_000;

    @Spec
    private CommandSpec spec;

    @Option(names = "--nodes", paramLabel = "N", defaultValue = "3",
            description = "How many nodes (default: ${DEFAULT-VALUE}).")
    private int nodes;

    @Mixin
    private final GraphOptions graph = new GraphOptions(Shape.random, 16);

    @Mixin
    private final AppOptions app = new AppOptions();

    @Mixin
    private final SnapshotOptions snapshots = new SnapshotOptions(10);

    @Mixin
    private final RecoveryOptions recovery = new RecoveryOptions();

    @Option(names = "--traces", paramLabel = "DIR",
            description = "Keep the traces of the nodes in this directory.")
    private @Nullable Path traces;

    @Option(names = "--no-audit",
            description = "Neither trace nor audit: measures the run without them.")
    private boolean noAudit;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException, TraceException {
        require(nodes >= 1 && nodes <= MOST_NODES,
                "--nodes is from 1 to " + MOST_NODES + ", not " + nodes);
        require(traces == null || !noAudit, "--traces and --no-audit exclude each other");
        snapshots.check();
        SnapshotStore.Found found = recovery.found();
        StoredSnapshot stored = found == null ? null : found.newest().orElseThrow();
        Workload workload = stored == null ? app.workload(graph) : Workload.of(stored);
        long messages = remaining(workload, workload.newApp(), stored);
        if (traces != null) {
            Files.createDirectories(traces);
            return run(workload, messages, traces);
        }
        Path folder = Files.createTempDirectory("chandy-lamport-cluster");
        try {
            return run(workload, messages, folder);
        } finally {
            MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
        }
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    private static <S, M> long remaining(
            Workload workload, App<S, M> app, @Nullable StoredSnapshot stored) throws IOException {
        return app.remaining(RecoveryOptions.from(workload.topology(), app, stored).state());
    }

    private int run(Workload workload, long messages, Path folder)
            throws IOException, TraceException {
        PrintWriter out = spec.commandLine().getOut();
        if (!json) {
            out.println(workload + ", " + nodes + " nodes, seed " + workload.seed());
            out.flush();
        }
        ClusterRun.Gathered gathered;
        try (Progress progress =
                new Progress(spec.commandLine().getErr(), "messages", messages)) {
            gathered = new ClusterRun(
                    recovery.toRestore().isEmpty() ? arguments(workload) : recovery.toRestore(),
                    recovery.toSave(), nodes, snapshots, folder, !noAudit,
                    messages < COMPILED_WELL).run(progress);
        }
        gathered.complaints().forEach(
                text -> spec.commandLine().getErr().println("chandy-lamport: " + text));
        boolean isWhole = gathered.complaints().isEmpty();
        if (gathered.traces().isEmpty() && (!noAudit || !isWhole)) {
            return Main.UNREADABLE;
        }
        Outcome<JsonNode, JsonNode> outcome = outcome(gathered);
        RunReport<JsonNode, JsonNode> report = new RunReport<>(outcome, null);
        if (json) {
            ObjectNode result = report.asJson(workload, "nodes", nodes)
                    .put("refused", gathered.refused());
            ArrayNode complaints = result.putArray("complaints");
            gathered.complaints().forEach(complaints::add);
            out.println(result);
        } else {
            report.print(out);
            if (gathered.refused() > 0) {
                out.printf("%d more snapshots could not be taken%n", gathered.refused());
            }
        }
        return outcome.isRefuted() ? Main.REFUTED : isWhole ? Main.OK : Main.UNREADABLE;
    }

    private Outcome<JsonNode, JsonNode> outcome(ClusterRun.Gathered gathered)
            throws TraceException {
        AuditReport audit = noAudit ? null : audit(gathered);
        return Outcome.of(gathered.received(), gathered.nanos(), gathered.taken(),
                Optional.empty(), audit == null ? null : audit.report(),
                audit == null ? ImmutableMap.of() : audit.constructions());
    }

    private static List<String> arguments(Workload workload) {
        return ImmutableList.of("--app", workload.app().toString(),
                "--topology", workload.shape().toString(),
                "--processes", Integer.toString(workload.processes()),
                "--messages", Long.toString(workload.messages()),
                "--seed", Long.toString(workload.seed()));
    }

    private AuditReport audit(ClusterRun.Gathered gathered) throws TraceException {
        try (TraceFiles trace = new TraceFiles(gathered.traces(), gathered.lost());
                Progress progress = new Progress(spec.commandLine().getErr(), "lines")) {
            Witnesses witnesses = new Witnesses(new Audit<>(trace.header().topology(),
                    trace.header().initial(), gathered.lost()), trace.header());
            Report report = trace.readInto(witnesses, progress);
            return new AuditReport(report, trace.snapshots(), witnesses.constructions(report));
        }
    }
}
