package org.chandylamport.cli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.chandylamport.check.Report;
import org.chandylamport.trace.LoggedTrace;
import org.chandylamport.trace.Printable;
import org.chandylamport.trace.TraceException;
import org.chandylamport.trace.TraceFiles;
import org.chandylamport.trace.Validation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code validate}: whether a trace is a behavior of the specification. */
@Command(
        name = "validate",
        description = {
            "Ask the model checker TLC whether a trace is a behavior of the specification,"
                    + " spec/ChandyLamport.tla: every event an action that it allows, and every"
                    + " snapshot what it records.",
            "Exit status: 0 it is; 1 it is not; 2 the trace could not be read."
        })
final class ValidateCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*",
            description = "The trace, gzip or not; - is standard input. At most 100,000 lines.")
    private List<String> files = new ArrayList<>();

    @Override
    public Integer call() throws IOException, TraceException {
        CommandLine line = requireNonNull(spec).commandLine();
        try (TraceFiles trace = new TraceFiles(files, Set.of());
                Progress progress = new Progress(line.getErr(), "lines")) {
            if (trace.header().cutsUnlogged()) {
                throw new IOException(files.get(0) + ": a trace with \"cuts\":\"unlogged\" does not"
                        + " say what the algorithm did; audit judges it");
            }
            LoggedTrace logged = new LoggedTrace(trace.header());
            Report report = trace.readInto(logged, progress);
            if (report.events() > Validation.LIMIT) {
                throw new IOException(String.format(Locale.ROOT,
                        "%s: the trace has %,d events, and TLC is given at most %,d",
                        files.get(0), report.events(), Validation.LIMIT));
            }
            Validation.Rejection rejection = Validation.validate(List.of(logged));
            if (rejection == null) {
                line.getOut().printf(Locale.ROOT,
                        "TLC allows all %,d steps: the trace is a behavior of the specification%n",
                        report.events());
                return Main.OK;
            }
            line.getOut().printf(Locale.ROOT,
                    "TLC allows %,d steps, but not the next: %s%n",
                    rejection.line(),
                    Printable.line(trace.snapshots().inWords(rejection.explanation())));
            return Main.REFUTED;
        }
    }
}
