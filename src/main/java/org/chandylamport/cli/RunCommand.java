package org.chandylamport.cli;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.chandylamport.app.App;
import org.chandylamport.check.StableProperty;
import org.chandylamport.cli.GraphOptions.Shape;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.chandylamport.store.SnapshotStore;
import org.chandylamport.store.StoredSnapshot;
import org.chandylamport.trace.TraceException;
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
    "Exit status: 0 if every snapshot is consistent or was aborted for its timeout, 1 if one is"
            + " refuted, 2 if it could not run."})
final class RunCommand implements Callable<Integer> {

    /** More threads than this are a mistake. */
    static final int MOST_WORKERS = 1000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final GraphOptions graph = new GraphOptions(Shape.random, 16);

    @Mixin
    private final AppOptions app = new AppOptions();

    @Mixin
    private final SnapshotOptions snapshots = new SnapshotOptions(10);

    @Option(names = "--every", paramLabel = "N",
            description = "A snapshot after each N messages, instead of --snapshots.")
    private @Nullable Long every;

    @Option(names = "--detect", paramLabel = "PROPERTY",
            description = "Take one snapshot after another until this stable property is true of"
                    + " one, and end there: termination of any app, deadlock of locks (which is"
                    + " their default), loss of tokens.")
    private @Nullable String detect;

    @Option(names = "--timeout", paramLabel = "TIME", converter = Length.class,
            description = "Abort a snapshot that is not complete after this, like 500ms or 60s, and"
                    + " say what it waits for (default: wait).")
    private @Nullable Duration timeout;

    @Mixin
    private final RecoveryOptions recovery = new RecoveryOptions();

    @Option(names = "--workers", paramLabel = "W",
            description = "How many threads run processes (default: one a processor).")
    private int workers = Runtime.getRuntime().availableProcessors();

    @Option(names = "--trace", paramLabel = "FILE",
            description = "Write the trace of the run there; a name in .gz is compressed.")
    private @Nullable Path trace;

    @Option(names = "--report", paramLabel = "FILE",
            description = "Write a page there that shows the run, as the command report does. A"
                    + " run of more than 1,000,000 events is too long for one.")
    private @Nullable Path report;

    @Option(names = "--no-audit",
            description = "Do not audit the snapshots: measures the run without the audit.")
    private boolean noAudit;

    @Option(names = "--watch",
            description = "Show how the run goes, snapshots per second, how long they take, and who"
                    + " holds one: a view on a terminal, elsewhere a line a second.")
    private boolean watch;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException, TraceException {
        snapshots.check();
        require(every == null || every > 0, "--every is at least 1, not " + every);
        require(workers >= 1 && workers <= MOST_WORKERS,
                "--workers is from 1 to " + MOST_WORKERS + ", not " + workers);
        require(timeout == null || !timeout.isZero(), "--timeout is more than 0");
        requireOneOf("--detect", "--timeout");
        requireOneOf("--snapshots", "--every", "--detect");
        requireOneOf("--watch", "--json");
        SnapshotStore.Found found = recovery.found();
        StoredSnapshot stored = found == null ? null : found.newest().orElseThrow();
        Workload workload = stored == null ? app.workload(graph) : Workload.of(stored);
        SnapshotId first = found == null ? new SnapshotId(1) : found.next();
        if (report == null) {
            return run(workload, workload.newApp(), stored, first);
        }
        WholeFile.checkFolder("--report", report);
        boolean isTraced = trace != null;
        Path traced = trace == null ? Files.createTempFile("run", ".ndjson") : trace;
        trace = traced;
        try {
            int status = run(workload, workload.newApp(), stored, first);
            ReportCommand.write(
                    List.of(traced.toString()), workload.toString(), report, spec.commandLine());
            return status;
        } finally {
            if (!isTraced) {
                Files.deleteIfExists(traced);
            }
        }
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    /** Returns the one that is given, or null. */
    @CanIgnoreReturnValue
    private @Nullable String requireOneOf(String... options) {
        String given = null;
        for (String option : options) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                require(given == null, given + " and " + option + " exclude each other");
                given = option;
            }
        }
        return given;
    }

    private <S, M> int run(
            Workload workload,
            App<S, M> runnable,
            @Nullable StoredSnapshot stored,
            SnapshotId first) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Topology topology = workload.topology();
        Snapshot<S, M> from = RecoveryOptions.from(topology, runnable, stored);
        if (detect == null && workload.endsIn().isPresent()) {
            detect = workload.endsIn().get();
            String pace = requireOneOf("--snapshots", "--every");
            require(pace == null, pace + " cannot be chosen: this app may never come to its end,"
                    + " and takes snapshots until " + detect + " is detected");
        }
        Run.Plan<S, M> plan = new Run.Plan<>(topology, runnable, from.state(), first,
                every == null ? Pace.spread(snapshots.count()) : Pace.every(every),
                snapshots.overlap(), timeout, property(workload, runnable), workers,
                workload.seed());
        Saving<S, M> saving = recovery.saving(workload, runnable, from);
        Outcome<S, M> outcome;
        try (TraceWriter<S, M> writer = trace == null ? null : writer(trace, plan);
                Monitor monitor = monitor(runnable.remaining(from.state()))) {
            announce(workload, stored, plan, out);
            LiveAudit<S, M> audit = noAudit && writer == null
                    ? null : new LiveAudit<>(topology, from.state(), writer, !noAudit);
            outcome = new Run<>(plan, audit, saving, monitor).run();
        }
        RunReport<S, M> report = new RunReport<>(outcome, detect);
        if (json) {
            out.println(report.asJson(workload, "workers", workers));
        } else {
            report.print(out);
        }
        return outcome.isRefuted() ? Main.REFUTED : Main.OK;
    }

    private Monitor monitor(long total) {
        return watch
                ? Watch.start(spec.commandLine().getOut(), total)
                : Monitor.of(new Progress(spec.commandLine().getErr(), "messages", total));
    }

    /** What ends the run; null where only its own end does. */
    private <S, M> @Nullable StableProperty<S, M> property(Workload workload, App<S, M> runnable) {
        if (detect == null) {
            return null;
        }
        StableProperty<S, M> property = runnable.properties().get(detect);
        require(property != null, "--detect " + detect + ": of " + workload.app() + " there can be"
                + " detected: " + String.join(", ", runnable.properties().keySet()));
        return property;
    }

    private static <S, M> TraceWriter<S, M> writer(Path trace, Run.Plan<S, M> plan)
            throws IOException {
        try {
            return new TraceWriter<>(trace, plan.topology(), plan.from());
        } catch (IOException e) {
            throw new IOException("--trace " + trace + " cannot be written: " + e.getMessage(), e);
        }
    }

    private <S, M> void announce(Workload workload, @Nullable StoredSnapshot stored,
            Run.Plan<S, M> plan, PrintWriter out) {
        if (json) {
            return;
        }
        out.println(workload + ", " + workers + " workers, seed " + workload.seed());
        if (stored != null) {
            out.printf(Locale.ROOT,
                    "goes on from %s: %,d messages in transit, %,d to be received%n", stored,
                    plan.from().inTransit(), plan.app().remaining(plan.from()));
        }
        out.flush();
    }
}
