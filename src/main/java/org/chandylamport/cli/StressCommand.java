package org.chandylamport.cli;

import com.google.common.base.Joiner;
import com.google.common.base.Stopwatch;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.chandylamport.cli.StressRun.Conditions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code stress}: random systems on real threads, without end, and with faults. */
@Command(name = "stress", description = {
    "Runs one random system after another on real threads, records overlapping snapshots of each,"
            + " and audits all of them as they run. With --faults, channels lose, repeat or reorder"
            + " what they carry, or processes stand still, against the assumptions of the"
            + " algorithm; channels that misbehave number what they carry. Then each snapshot must"
            + " be consistent, or fail for a fault that was injected, or time out; where nothing"
            + " but stalls can hold it, the last one of a system has no timeout, and must complete."
            + " Ctrl-C ends it with a summary.",
    "Exit status: 0 if all was so, 1 if a snapshot was wrong or a system hung, 2 if it could not"
            + " run."})
final class StressCommand implements Callable<Integer> {

    private static final int MOST_PROCESSES = 1000;
    private static final Duration DEFAULT_DURATION = Duration.ofSeconds(60);
    /** How long nothing may happen although no timeout is waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Spec
    private CommandSpec spec;

    @Option(names = "--duration", paramLabel = "TIME", converter = Length.class,
            description = "How long, like 500ms, 60s, 10m or 1h, and until the system that runs"
                    + " then has ended (default: 60s, or without end where --systems is given).")
    private @Nullable Duration duration;

    @Option(names = "--systems", paramLabel = "N", description = "How many systems at most.")
    private @Nullable Long most;

    @Option(names = "--seed", paramLabel = "S",
            description = "Decides the systems, the initiators and the faults, but not what the"
                    + " threads do (default: a random one, which is printed).")
    private @Nullable Long seed;

    @Option(names = "--processes", paramLabel = "MAX", defaultValue = "24",
            description = "The most processes of a system (default: ${DEFAULT-VALUE}).")
    private int processes;

    @Option(names = "--workers", paramLabel = "W",
            description = "How many threads run processes (default: one a processor, at least 2).")
    private int workers = Math.max(2, Runtime.getRuntime().availableProcessors());

    @Option(names = "--faults", paramLabel = "FAULT", split = ",", defaultValue = "none",
            description = "What goes wrong on purpose: none, or a list of drop, duplicate, reorder,"
                    + " stall, crash, some of which each system suffers"
                    + " (default: ${DEFAULT-VALUE}).")
    private List<Fault> faults;

    @Option(names = "--timeout", paramLabel = "TIME", converter = Length.class,
            defaultValue = "1s", description = "How long a snapshot may take where something goes"
                    + " wrong on purpose, but for the last one, where only stalls can hold it"
                    + " (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    @Option(names = "--unnumbered",
            description = "Channels that misbehave do not number what they carry: a control, whose"
                    + " snapshots are wrong, which the audit must find.")
    private boolean unnumbered;

    @Option(names = "--traces", paramLabel = "FOLDER", defaultValue = ".",
            description = "Where the trace of the first failing system is saved, since no seed"
                    + " replays threads, unless its network does not even close (default:"
                    + " ${DEFAULT-VALUE}).")
    private Path traces;

    @Option(names = "--json", description = "Print the summary as one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        require(processes >= 1 && processes <= MOST_PROCESSES,
                "--processes is from 1 to " + MOST_PROCESSES + ", not " + processes);
        require(workers >= 1 && workers <= RunCommand.MOST_WORKERS,
                "--workers is from 1 to " + RunCommand.MOST_WORKERS + ", not " + workers);
        require(most == null || most >= 1, "--systems is at least 1, not " + most);
        require(!timeout.isZero(), "--timeout is more than 0");
        require(faults.size() == 1 || !faults.contains(Fault.none),
                "--faults is none or a list of others, not both");
        require(Files.isDirectory(traces) && Files.isWritable(traces),
                "--traces " + traces + " is no folder that can be written to");
        long chosen = seed == null ? new SecureRandom().nextInt(1_000_000) : seed;
        Conditions conditions = new Conditions(workers,
                faults.stream().filter(fault -> fault != Fault.none).distinct()
                        .collect(ImmutableList.toImmutableList()),
                !unnumbered, timeout, PATIENCE.plus(timeout));
        return run(new Stress(processes, conditions, traces, chosen), chosen);
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    private int run(Stress stress, long chosen) throws IOException {
        try (Interrupt interrupt = new Interrupt()) {
            int status = run(stress, chosen, interrupt);
            interrupt.finish(status);
            return status;
        }
    }

    private int run(Stress stress, long chosen, Interrupt interrupt) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (!json) {
            out.printf(Locale.ROOT, "systems of up to %,d processes, %d workers, faults %s, seed"
                    + " %d%n", processes, workers, describeFaults(), chosen);
            out.flush();
        }
        Stopwatch watch = Stopwatch.createStarted();
        try (Progress progress = new Progress(spec.commandLine().getErr(), "systems")) {
            stress.run(most == null ? Long.MAX_VALUE : most,
                    () -> watch.elapsed().compareTo(length()) < 0,
                    () -> !interrupt.isAsked(),
                    now -> progress.show(() -> StressSummary.counts(now) + ", seed " + chosen));
        }
        StressSummary summary = new StressSummary(stress, watch.elapsed());
        if (json) {
            out.println(summary.asJson().put("seed", chosen).put("faults", describeFaults()));
        } else {
            summary.print(out);
        }
        out.flush();
        return stress.failed() == 0 ? Main.OK : Main.REFUTED;
    }

    private Duration length() {
        if (duration != null) {
            return duration;
        }
        return most == null ? DEFAULT_DURATION : ChronoUnit.FOREVER.getDuration();
    }

    private String describeFaults() {
        return Joiner.on(' ').join(faults) + (unnumbered ? " without numbers" : "");
    }
}
