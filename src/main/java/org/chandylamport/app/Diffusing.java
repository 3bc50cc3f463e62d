package org.chandylamport.app;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.SplittableRandom;
import org.chandylamport.app.Diffusing.Node;
import org.chandylamport.app.Diffusing.Task;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.Channel;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.Outbox;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Topology;
import org.chandylamport.store.Codec;
import org.chandylamport.store.JsonCodec;

/**
 * A diffusing computation (Dijkstra and Scholten, 1980): one process is active at first; an active
 * process sends tasks and becomes idle, and a task makes an idle process active again. It
 * terminates when all are idle and no task is in transit, which no process can see.
 */
public final class Diffusing implements App<Node, Task> {

    private final Topology topology;
    private final long messages;
    private final long seed;

    /**
     * A computation that begins at the first process.
     *
     * @param messages how many tasks it takes
     * @param seed decides where they go
     * @throws IllegalArgumentException if some process has no outgoing channel
     */
    public Diffusing(Topology topology, long messages, long seed) {
        checkArgument(messages > 0, "at least 1 message is needed, not %s", messages);
        topology.processes().forEach(p -> checkArgument(!topology.outgoing(p).isEmpty(),
                "process %s has no outgoing channel to send along", p));
        this.topology = topology;
        this.messages = messages;
        this.seed = seed;
    }

    /**
     * The state of a process.
     *
     * @param tasks how many tasks have still to be sent on its account, by it or by those it sends
     *     them to; it is idle if there are none
     * @param random decides where the next one goes
     */
    public record Node(long tasks, long random) {}

    /**
     * A message: a task.
     *
     * @param tasks how many more it brings forth
     */
    public record Task(long tasks) {}

    @Override
    public GlobalState<Node, Task> initial() {
        SplittableRandom random = new SplittableRandom(seed);
        ProcessId root = topology.processes().first();
        return GlobalState.initial(topology,
                p -> new Node(p.equals(root) ? messages : 0, random.nextLong() >>> 11));
    }

    @Override
    public long remaining(GlobalState<Node, Task> state) {
        return state.processes().values().stream().mapToLong(Node::tasks).sum()
                + state.messages().mapToLong(task -> 1 + task.tasks).sum();
    }

    @Override
    public Codec<Node> stateCodec() {
        return JsonCodec.of(Node.class);
    }

    @Override
    public Codec<Task> messageCodec() {
        return JsonCodec.of(Task.class);
    }

    /** No task comes from nowhere. */
    @Override
    public Optional<String> violation(GlobalState<Node, Task> state) {
        return remaining(state) <= messages
                ? Optional.empty()
                : Optional.of("there are " + remaining(state) + " tasks, of " + messages);
    }

    @Override
    public Behavior<Node, Task> behavior(ProcessId p) {
        ImmutableList<Channel> outgoing = topology.outgoing(p);
        return new Behavior<>() {
            @Override
            public Node receive(Node node, Channel from, Task task, Outbox<Task> outbox) {
                return new Node(node.tasks + task.tasks, node.random);
            }

            @Override
            public boolean hasInternal(Node node) {
                return node.tasks > 0;
            }

            @Override
            public Node internal(Node node, Outbox<Task> outbox) {
                SplittableRandom random = new SplittableRandom(node.random);
                long share = 1 + random.nextLong(node.tasks);
                outbox.send(outgoing.get(random.nextInt(outgoing.size())), new Task(share - 1));
                return new Node(node.tasks - share, random.nextLong() >>> 11);
            }
        };
    }
}
