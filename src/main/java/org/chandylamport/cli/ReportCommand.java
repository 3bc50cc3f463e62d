package org.chandylamport.cli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.chandylamport.picture.Execution;
import org.chandylamport.picture.HtmlReport;
import org.chandylamport.trace.TraceException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code report}: a trace and its snapshots as a page to look at. */
@Command(
        name = "report",
        description = {
            "Write one HTML page that shows a trace and its snapshots: the diagram to scroll and"
                    + " zoom, the events moved step by step until the recorded global state is met"
                    + " (Theorem 1), the states, and the verdicts with their arguments. It loads"
                    + " nothing from anywhere.",
            "Exit status: 0 the page is written, whatever it shows; 2 the trace could not be read,"
                    + " or the page not be written."
        })
final class ReportCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*",
            description = "The trace, gzip or not; - is standard input. At most 1,000,000 events.")
    private List<String> files = new ArrayList<>();

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", defaultValue = "report.html",
            description = "Where to write the page (default: ${DEFAULT-VALUE}).")
    private Path output = Path.of("report.html");

    @Override
    public Integer call() throws TraceException, IOException {
        CommandLine line = requireNonNull(spec).commandLine();
        String name = files.get(0).equals("-")
                ? "standard input" : String.valueOf(Path.of(files.get(0)).getFileName());
        write(files, name, output, line);
        return Main.OK;
    }

    /** Writes the report of a trace to a file. */
    static void write(List<String> files, String title, Path output, CommandLine line)
            throws TraceException, IOException {
        Execution execution;
        try (Progress progress = new Progress(line.getErr(), "lines")) {
            execution = Execution.read(files, progress);
        }
        WholeFile.write(output, HtmlReport.html(execution, title));
    }
}
