package org.chandylamport.cli;

import java.security.SecureRandom;
import org.chandylamport.app.App;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that choose an app; beside {@link GraphOptions}, which choose its topology. */
final class AppOptions {

    private static final long MOST_MESSAGES = 1_000_000_000_000L;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--app", paramLabel = "APP", defaultValue = "bank",
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). Locks and"
                    + " transactions run on a complete graph, unless you choose another.")
    private AppName app;

    @Option(names = "--bug", description = "Plant a bug, which the snapshots show: tokens lose one,"
            + " transactions are committed when only one shard has voted.")
    private boolean isBuggy;

    @Option(names = "--messages", paramLabel = "N", defaultValue = "100000",
            description = "The least number of messages that the app sends"
                    + " (default: ${DEFAULT-VALUE}).")
    private long messages;

    @Option(names = "--seed", paramLabel = "S",
            description = "Decides the random graph, the app's choices and the initiators, but not"
                    + " what the threads do (default: a random one, which is printed).")
    private @Nullable Long seed;

    /** What the options choose, which can run. */
    Workload workload(GraphOptions graph) {
        if (messages < 1 || messages > MOST_MESSAGES) {
            throw new ParameterException(spec.commandLine(), "--messages is at least 1 and at most "
                    + MOST_MESSAGES + ", not " + messages);
        }
        if (isBuggy && !app.canBeBuggy) {
            throw new ParameterException(spec.commandLine(),
                    "--bug: there is none for --app " + app);
        }
        long chosen = seed == null ? new SecureRandom().nextInt(1_000_000) : seed;
        Workload workload = new Workload(app, graph.shape(app.shape), graph.processes(),
                messages, isBuggy, chosen);
        try {
            App<?, ?> runnable = workload.newApp();
            assert runnable.messages() >= messages;
            return workload;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--app " + app
                    + " cannot run on this --topology with --processes " + graph.processes()
                    + ": " + e.getMessage(), e);
        }
    }
}
