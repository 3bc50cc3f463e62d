package org.chandylamport.cli;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableSortedMap;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.chandylamport.check.Oracle;
import org.chandylamport.check.Report;
import org.chandylamport.check.Verdict.Outcome;
import org.chandylamport.model.ProcessId;
import org.chandylamport.trace.AuditReport;
import org.chandylamport.trace.TraceException;
import org.chandylamport.trace.TraceFiles;
import org.chandylamport.trace.Witnesses;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code audit}: whether the snapshots of a trace are consistent, and why not. */
@Command(
        name = "audit",
        description = {
            "Judge the snapshots of a trace.",
            "Exit status: 0 the trace is valid and every snapshot consistent or aborted;"
                    + " 1 something is not; 2 the trace could not be read.",
            "A line that could exhaust the memory cannot be read: it has at most 16 MiB (and takes"
                    + " at most 1 GiB while it is read), its values nest at most 500 deep, and a"
                    + " number has at most 1,000 characters."
        })
final class AuditCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*",
            description = "The trace, gzip or not; - is standard input. Several files are read in"
                    + " step.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean isJson;

    @Option(names = "--witness",
            description = "Construct Theorem 1 for each consistent snapshot: move the events before"
                    + " the cut in front of the others, and meet the snapshot on the way. Of a"
                    + " trace of more than 1,000,000 events none is constructed; of others as many"
                    + " as 50,000,000 events replayed allow.")
    private boolean isWitness;

    @Option(names = "--lost", paramLabel = "PROCESS",
            description = "This process crashed, and the end of its log may be missing."
                    + " Repeatable.")
    private List<String> lost = new ArrayList<>();

    @Override
    public Integer call() throws TraceException {
        checkArguments();
        Set<ProcessId> lostProcesses = new LinkedHashSet<>();
        lost.forEach(name -> lostProcesses.add(new ProcessId(name)));
        try (TraceFiles trace = new TraceFiles(files, lostProcesses)) {
            AuditReport report = isWitness
                    ? witnessed(trace, lostProcesses)
                    : new AuditReport(read(trace, trace.header().oracle(lostProcesses)),
                            trace.snapshots(), ImmutableSortedMap.of());
            print(report);
            return report.isClean() ? Main.OK : Main.REFUTED;
        }
    }

    private AuditReport witnessed(TraceFiles trace, Set<ProcessId> lostProcesses)
            throws TraceException {
        Witnesses witnesses =
                new Witnesses(trace.header().oracle(lostProcesses), trace.header());
        Report report = read(trace, witnesses);
        var constructions = witnesses.constructions(report);
        long consistent = report.snapshots().stream()
                .filter(v -> v.outcome() == Outcome.CONSISTENT && v.assumptions().isEmpty())
                .count();
        if (constructions.size() < consistent) {
            line().getErr().printf(Locale.ROOT, "chandy-lamport: Theorem 1 is constructed for %,d"
                            + " of %,d snapshots: a trace has at most %,d events for that, and"
                            + " %,d are replayed for all of them%n",
                    constructions.size(), consistent, Witnesses.LIMIT, Witnesses.REPLAYED);
        }
        return new AuditReport(report, trace.snapshots(), constructions);
    }

    private Report read(TraceFiles trace, Oracle<JsonNode, JsonNode> oracle)
            throws TraceException {
        try (Progress progress = new Progress(line().getErr(), "lines")) {
            return trace.readInto(oracle, progress);
        }
    }

    private void print(AuditReport report) {
        PrintWriter out = line().getOut();
        if (isJson) {
            out.println(report.json());
        } else {
            report.text().forEach(out::println);
        }
    }

    private void checkArguments() {
        if (Collections.frequency(files, "-") > 1) {
            throw wrong("standard input (-) can be read only once");
        }
        if (lost.contains("")) {
            throw wrong("--lost needs the name of a process, not an empty one");
        }
    }

    private ParameterException wrong(String problem) {
        return new ParameterException(line(), problem);
    }

    private CommandLine line() {
        return requireNonNull(spec).commandLine();
    }
}
