package org.chandylamport.sim;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Joiner;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import org.chandylamport.model.Channel;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.jspecify.annotations.Nullable;

/**
 * One choice of a schedule: an action of the specification with its arguments. What it leads to
 * depends on the state in which it is performed; {@link org.chandylamport.model.Event} is what has
 * happened then. Written as in the specification: {@code Send(p->q)}, {@code RecordState(1, p)}.
 */
public sealed interface Action {

    /** The process that performs it. */
    ProcessId process();

    /** The process takes an internal step. */
    record Internal(ProcessId process) implements Action {
        @Override
        public String toString() {
            return "Internal(" + process + ")";
        }
    }

    /** A process sends a message along the channel on its own. */
    record Send(Channel channel) implements Action {
        @Override
        public ProcessId process() {
            return channel.from();
        }

        @Override
        public String toString() {
            return "Send(" + channel + ")";
        }
    }

    /** A process receives the message that the channel brings. */
    record Receive(Channel channel) implements Action {
        @Override
        public ProcessId process() {
            return channel.to();
        }

        @Override
        public String toString() {
            return "Receive(" + channel + ")";
        }
    }

    /** An initiator records its state for the snapshot. */
    record RecordState(SnapshotId snapshot, ProcessId process) implements Action {
        @Override
        public String toString() {
            return "RecordState(" + snapshot + ", " + process + ")";
        }
    }

    /** A process receives the marker that the channel brings. */
    record ReceiveMarker(Channel channel) implements Action {
        @Override
        public ProcessId process() {
            return channel.to();
        }

        @Override
        public String toString() {
            return "ReceiveMarker(" + channel + ")";
        }
    }

    /** The process gives the snapshot up. */
    record Abandon(SnapshotId snapshot, ProcessId process) implements Action {
        @Override
        public String toString() {
            return "Abandon(" + snapshot + ", " + process + ")";
        }
    }

    /** A schedule in one line, which {@link #parse} reads. */
    static String line(Iterable<Action> schedule) {
        return Joiner.on("; ").join(schedule);
    }

    /**
     * The schedule that {@link #line} wrote.
     *
     * @throws IllegalArgumentException if it is not one, or names what the topology lacks
     */
    static ImmutableList<Action> parse(String line, Topology topology) {
        return Splitter.on("; ").omitEmptyStrings().splitToStream(line)
                .map(text -> parseOne(text.strip(), topology))
                .collect(ImmutableList.toImmutableList());
    }

    private static Action parseOne(String text, Topology topology) {
        int open = text.indexOf('(');
        checkArgument(open > 0 && text.endsWith(")"), "not an action: %s", text);
        String inside = text.substring(open + 1, text.length() - 1);
        return switch (text.substring(0, open)) {
            case "Internal" -> new Internal(topology.require(new ProcessId(inside)));
            case "Send" -> new Send(channel(inside, topology));
            case "Receive" -> new Receive(channel(inside, topology));
            case "RecordState" -> new RecordState(snapshot(inside), process(inside, topology));
            case "ReceiveMarker" -> new ReceiveMarker(channel(inside, topology));
            case "Abandon" -> new Abandon(snapshot(inside), process(inside, topology));
            default -> throw new IllegalArgumentException("not an action: " + text);
        };
    }

    private static SnapshotId snapshot(String arguments) {
        return new SnapshotId(Long.parseLong(arguments.substring(0, comma(arguments))));
    }

    private static ProcessId process(String arguments, Topology topology) {
        return topology.require(new ProcessId(arguments.substring(comma(arguments) + 2)));
    }

    private static int comma(String arguments) {
        int comma = arguments.indexOf(", ");
        checkArgument(comma > 0, "a snapshot and a process, not %s", arguments);
        return comma;
    }

    private static Channel channel(String name, Topology topology) {
        @Nullable Channel c = topology.channel(name);
        if (c == null) {
            throw new IllegalArgumentException("there is no channel " + name);
        }
        return c;
    }
}
