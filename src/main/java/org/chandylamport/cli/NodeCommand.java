package org.chandylamport.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Callable;
import org.chandylamport.app.App;
import org.chandylamport.cli.GraphOptions.Shape;
import org.chandylamport.cluster.Node;
import org.chandylamport.cluster.NodeConfiguration;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.chandylamport.store.SnapshotStore;
import org.chandylamport.store.StoredSnapshot;
import org.chandylamport.trace.TraceWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code node}: one of several JVMs that run an app together. */
@Command(name = "node", description = {
    "Runs the processes of an app that are placed on this node, together with other nodes that are"
            + " given the same app, graph, seed and number of messages.",
    "Exit status: 0 if the app came to its end, 2 if the network could not start or broke."})
final class NodeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private final NodeOptions connection = new NodeOptions();

    @Mixin
    private final GraphOptions graph = new GraphOptions(Shape.random, 16);

    @Mixin
    private final AppOptions app = new AppOptions();

    @Mixin
    private final SnapshotOptions snapshots = new SnapshotOptions(0);

    @Mixin
    private final RecoveryOptions recovery = new RecoveryOptions();

    @Option(names = "--trace", paramLabel = "FILE",
            description = "Write the trace of this node there; audit takes those of all nodes.")
    private @Nullable Path trace;

    @Option(names = "--json", description = "Say what happens as one JSON object a line.")
    private boolean json;

    @Option(names = "--parent", paramLabel = "PID", hidden = true,
            description = "End when this process of the operating system ends.")
    private @Nullable Long parent;

    @Override
    public Integer call() throws IOException {
        snapshots.check();
        if (parent != null) {
            endWith(parent);
        }
        // Without a provider of its own the command has nowhere to write what Pekko logs.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        SnapshotStore.Found found = recovery.found();
        if (found != null) {
            StoredSnapshot stored = found.newest().orElseThrow();
            Workload workload = Workload.of(stored);
            return run(workload, workload.newApp(), stored, found.next());
        } else if (!spec.commandLine().getParseResult().hasMatchedOption("--seed")) {
            throw new ParameterException(spec.commandLine(),
                    "--seed is missing: all nodes need the same one");
        }
        Workload workload = app.workload(graph);
        return run(workload, workload.newApp(), null, new SnapshotId(1));
    }

    private static void endWith(long pid) {
        Thread watch = new Thread(() -> {
            ProcessHandle.of(pid).ifPresent(process -> process.onExit().join());
            Runtime.getRuntime().halt(Main.UNREADABLE);
        }, "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private <S, M> int run(Workload workload, App<S, M> runnable,
            @Nullable StoredSnapshot stored, SnapshotId first) throws IOException {
        Topology topology = workload.topology();
        Snapshot<S, M> from = RecoveryOptions.from(topology, runnable, stored);
        NodeReport report = new NodeReport(spec.commandLine().getOut(), json);
        NodeConfiguration<S, M> configuration = Node.configure(topology, runnable::behavior,
                from.state(), runnable.stateCodec(), runnable.messageCodec());
        connection.apply(configuration);
        configuration.listening(report::listening).firstSnapshot(first);
        Saving<S, M> saving = recovery.saving(workload, runnable, from);
        try (NodeTrace<S, M> written = trace == null ? null : new NodeTrace<>(
                new TraceWriter<>(trace, topology, from.state()))) {
            if (written != null) {
                configuration.trace(written::event, written::flush).unclaimed(written::aborted);
            }
            try (Node<S, M> node = start(configuration)) {
                report.started(node.processes());
                new NodeRun<>(node, topology, runnable.remaining(from.state()), snapshots,
                        new Random(workload.seed() + node.hostAndPort().hashCode()),
                        new SnapshotsOfNode<>(written, saving, report), report).run();
            }
        }
        return Main.OK;
    }

    private static <S, M> Node<S, M> start(NodeConfiguration<S, M> configuration)
            throws IOException {
        try {
            return configuration.start();
        } catch (IllegalStateException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
