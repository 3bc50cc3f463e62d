package org.chandylamport.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.chandylamport.app.App;
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

    /** More threads than this are a mistake. */
    static final int MOST_WORKERS = 1000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final GraphOptions graph = new GraphOptions(Shape.random, 16);

    @Mixin
    private final AppOptions app = new AppOptions();

    @Option(names = "--snapshots", paramLabel = "K", defaultValue = "10",
            description = "How many snapshots, spread over the run (default: ${DEFAULT-VALUE}).")
    private int snapshots;

    @Option(names = "--workers", paramLabel = "W",
            description = "How many threads run processes (default: one a processor).")
    private int workers = Runtime.getRuntime().availableProcessors();

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
        require(snapshots >= 0, "--snapshots is at least 0, not " + snapshots);
        require(workers >= 1 && workers <= MOST_WORKERS,
                "--workers is from 1 to " + MOST_WORKERS + ", not " + workers);
        Workload workload = app.workload(graph);
        return run(workload, workload.newApp());
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    private <S, M> int run(Workload workload, App<S, M> runnable) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Topology topology = workload.topology();
        Run.Outcome<S, M> outcome;
        try (TraceWriter<S, M> writer = trace == null ? null : writer(trace, topology, runnable);
                Progress progress = new Progress(
                        spec.commandLine().getErr(), "messages", runnable.messages())) {
            announce(workload, out);
            LiveAudit<S, M> audit = noAudit && writer == null
                    ? null : new LiveAudit<>(topology, runnable.initial(), writer, !noAudit);
            outcome = new Run<>(topology, runnable, snapshots, workers, workload.seed(), audit)
                    .run(progress);
        }
        RunReport<S, M> report = new RunReport<>(outcome);
        if (json) {
            out.println(report.asJson(workload, workers));
        } else {
            report.print(out);
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

    private void announce(Workload workload, PrintWriter out) {
        if (!json) {
            out.println(workload + ", " + workers + " workers, seed " + workload.seed());
            out.flush();
        }
    }
}
