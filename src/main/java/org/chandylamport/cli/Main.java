package org.chandylamport.cli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.chandylamport.trace.Printable;
import org.chandylamport.trace.TraceException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command {@code chandy-lamport}. A subcommand is a {@code Callable<Integer>} that returns the
 * exit status, prints to the writers of its {@link CommandLine}, and throws a
 * {@link ParameterException}, a {@link TraceException} or an {@link IOException} whose message is
 * a sentence for the user; it inherits {@code --help}.
 */
@Command(
        name = "chandy-lamport",
        description = "Snapshots of distributed systems by the algorithm of Chandy and Lamport"
                + " (1985), and proofs that they are consistent.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Main.Version.class,
        subcommands = {
            RunCommand.class, AuditCommand.class, DiagramCommand.class, ReportCommand.class,
            ExportCommand.class, ExploreCommand.class, ValidateCommand.class, StressCommand.class,
            ClusterCommand.class, NodeCommand.class
        })
@SuppressWarnings("UnusedVariable") // Two options that picocli itself acts on.
public final class Main implements Runnable {

    /** The exit status where all is well. */
    static final int OK = 0;

    /** The exit status where something was refuted. */
    static final int REFUTED = 1;

    /** The exit status where arguments or input could not be understood. */
    static final int UNREADABLE = 2;

    private static final String WHOLE = " is not a whole number of at most ";

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT,
            description = "Show this help and exit.")
    private boolean isHelpAsked;

    @Option(names = {"-V", "--version"}, versionHelp = true,
            description = "Show the version and exit.")
    private boolean isVersionAsked;

    /** Runs the command and exits with its status. */
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, err, args));
    }

    /** Runs the command, and returns its exit status. Prints as UTF-8 where it prints bytes. */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        // An argument is what it is: picocli would take @name for a file that holds arguments.
        CommandLine line = new CommandLine(new Main()).setExpandAtFiles(false);
        int status = execute(line.setOut(out).setErr(err), args);
        err.flush();
        if (out.checkError()) {
            complain(err, "the result could not be written to standard output");
            return UNREADABLE;
        }
        return status;
    }

    /** Called where no subcommand is given. */
    @Override
    public void run() {
        CommandLine line = requireNonNull(spec).commandLine();
        throw new ParameterException(line, "a command is missing; " + commands(line));
    }

    private static int execute(CommandLine line, String... args) {
        line.setParameterExceptionHandler((e, given) -> {
            complain(e.getCommandLine().getErr(), sentence(e));
            return UNREADABLE;
        });
        line.setExecutionExceptionHandler((e, command, parsed) -> {
            complain(command.getErr(), sentence(e));
            return UNREADABLE;
        });
        try {
            return line.execute(args);
        } catch (OutOfMemoryError e) {
            long mebibytes = Runtime.getRuntime().maxMemory() >> 20;
            complain(line.getErr(), "the memory of " + mebibytes + " MiB does not suffice; the"
                    + " option -Xmx of java gives more");
            return UNREADABLE;
        }
    }

    private static void complain(PrintWriter err, String sentence) {
        err.println("chandy-lamport: " + Printable.line(sentence));
        err.flush();
    }

    private static String sentence(ParameterException e) {
        CommandLine line = e.getCommandLine();
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return message
                    .replaceFirst("cannot convert '(.*)' to interface .*", "'$1' names no file")
                    .replaceFirst(" is not an int$", WHOLE + Integer.MAX_VALUE)
                    .replaceFirst(" is not a long$", WHOLE + Long.MAX_VALUE);
        }
        return unmatched.isUnknownOption() || line.getSubcommands().isEmpty()
                ? message + "; " + options(line)
                : "there is no command '" + unmatched.getUnmatched().get(0) + "'; "
                        + commands(line);
    }

    private static String sentence(Exception e) {
        return e instanceof TraceException || e instanceof IOException
                ? String.valueOf(e.getMessage())
                : "this is a defect of chandy-lamport: " + e + where(e);
    }

    private static String where(Exception e) {
        return e.getStackTrace().length == 0 ? "" : " at " + e.getStackTrace()[0];
    }

    private static String commands(CommandLine line) {
        return "the commands are " + String.join(", ", line.getSubcommands().keySet());
    }

    private static String options(CommandLine line) {
        return "the options are " + line.getCommandSpec().options().stream()
                .map(OptionSpec::longestName)
                .collect(Collectors.joining(", "));
    }

    /** The version of the jar that this class was loaded from. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {
                "chandy-lamport " + (version == null ? "(not run from its jar)" : version)
            };
        }
    }
}
