package org.chandylamport.cluster;

import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.pekko.util.ByteString;
import org.chandylamport.cluster.Wire.Execute;
import org.chandylamport.cluster.Wire.Executed;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.jspecify.annotations.Nullable;

/**
 * How a node was configured.
 *
 * @param nodes how many nodes there are
 * @param leader the host and port of the node that leads the network; empty if it is this one
 * @param unclaimed is told of snapshots whose end is not known when the network breaks
 * @param commands makes a step of a command from another node; null where none is understood
 */
record NodeSetup<S, M>(
        Hosting<S, M> hosting,
        int nodes,
        String leader,
        Placement placement,
        SnapshotId firstSnapshot,
        Duration snapshotTimeout,
        BiConsumer<SnapshotId, String> unclaimed,
        @Nullable Commands<S, M> commands) {

    /** Makes a step of a command that came as bytes. */
    interface Commands<S, M> {
        Behavior.Step<S, M> step(ProcessId p, ByteString command);
    }

    /** The request to take a step that another node asks for. */
    ProcessMessage.Take<S, M> take(Execute execute, Consumer<Executed> answer) {
        Behavior.Step<S, M> step = (state, outbox) -> {
            if (commands == null) {
                throw new IllegalStateException(
                        "the node of process " + execute.process() + " understands no commands");
            }
            return commands.step(new ProcessId(execute.process()), execute.command())
                    .internal(state, outbox);
        };
        return new ProcessMessage.Take<>(step, (state, failure) -> answer.accept(new Executed(
                execute.node(), execute.request(),
                state == null ? null : Hosting.encoded(hosting.states(), state,
                        "the state of process " + execute.process()),
                failure == null ? null : String.valueOf(failure.getMessage()))));
    }
}
