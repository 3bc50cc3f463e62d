package org.chandylamport.cli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.chandylamport.picture.Execution;
import org.chandylamport.picture.ShiViz;
import org.chandylamport.trace.TraceException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code export}: a trace in the format of another tool. */
@Command(
        name = "export",
        description = {
            "Write a trace in the format of another tool.",
            "Exit status: 0 it is written; 2 the trace could not be read, or the result not be"
                    + " written."
        })
@SuppressWarnings("UnusedVariable") // There is one format, and picocli requires its option.
final class ExportCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--shiviz", required = true,
            description = "As a log for ShiViz, which draws executions: each event with a vector"
                    + " clock, computed from the messages and markers.")
    private boolean isForShiViz;

    @Parameters(paramLabel = "FILE", arity = "1..*",
            description = "The trace, gzip or not; - is standard input. At most 1,000,000 events.")
    private List<String> files = new ArrayList<>();

    @Option(names = {"-o", "--output"}, paramLabel = "FILE",
            description = "Where to write the log (default: standard output).")
    private @Nullable Path output;

    @Override
    public Integer call() throws TraceException, IOException {
        CommandLine line = requireNonNull(spec).commandLine();
        Execution execution;
        try (Progress progress = new Progress(line.getErr(), "lines")) {
            execution = Execution.read(files, progress);
        }
        if (output == null) {
            ShiViz.write(execution, line.getOut());
        } else {
            StringWriter log = new StringWriter();
            ShiViz.write(execution, new PrintWriter(log));
            WholeFile.write(output, log.toString());
        }
        return Main.OK;
    }
}
