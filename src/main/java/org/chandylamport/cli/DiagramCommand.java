package org.chandylamport.cli;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.chandylamport.check.Verdict;
import org.chandylamport.check.Verdict.Outcome;
import org.chandylamport.picture.Diagram;
import org.chandylamport.picture.Execution;
import org.chandylamport.trace.TraceException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code diagram}: the space-time diagram of a snapshot. */
@Command(
        name = "diagram",
        description = {
            "Draw the space-time diagram of a snapshot as an SVG picture: a line a process, an"
                    + " arrow a message, a dashed arrow a marker, the cut, and in blue the messages"
                    + " in transit at it. What contradicts the snapshot is red. Of a long trace,"
                    + " the events around the snapshot are drawn.",
            "Exit status: 0 the picture is drawn, whatever it shows; 2 the trace could not be"
                    + " read, or the picture not be written."
        })
final class DiagramCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*",
            description = "The trace, gzip or not; - is standard input. At most 1,000,000 events.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--snapshot", paramLabel = "ID",
            description = "Which snapshot (default: the first that is refuted, or else the"
                    + " first).")
    private @Nullable String snapshot;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE",
            description = "Where to write the picture (default: standard output).")
    private @Nullable Path output;

    @Override
    public Integer call() throws TraceException, IOException {
        CommandLine line = requireNonNull(spec).commandLine();
        Execution execution;
        try (Progress progress = new Progress(line.getErr(), "lines")) {
            execution = Execution.read(files, progress);
        }
        String svg = Diagram.svg(execution, verdict(execution, line));
        if (output == null) {
            line.getOut().print(svg);
        } else {
            WholeFile.write(output, svg);
        }
        return Main.OK;
    }

    private @Nullable Verdict verdict(Execution execution, CommandLine line) {
        List<Verdict> verdicts = execution.audit().report().snapshots();
        if (snapshot == null) {
            return verdicts.stream()
                    .filter(verdict -> verdict.outcome() == Outcome.INCONSISTENT
                            || verdict.outcome() == Outcome.INCOMPLETE)
                    .findFirst()
                    .orElse(verdicts.isEmpty() ? null : verdicts.get(0));
        }
        return verdicts.stream()
                .filter(verdict -> name(execution, verdict).equals(snapshot))
                .findFirst()
                .orElseThrow(() -> new ParameterException(line, "--snapshot is one of "
                        + verdicts.stream().map(verdict -> name(execution, verdict)).toList()
                        + " of this trace, not " + snapshot));
    }

    private static String name(Execution execution, Verdict verdict) {
        JsonNode name = execution.audit().snapshots().name(verdict.snapshot());
        return name.asText();
    }
}
