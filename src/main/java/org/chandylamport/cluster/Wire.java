package org.chandylamport.cluster;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Map;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** What nodes send each other; {@link WireSerializer} turns it into bytes. */
sealed interface Wire {

    /**
     * What a channel carries.
     *
     * @param number its place among all that was ever sent along the channel, from 1
     * @param isMarker whether it is a marker: the content is then the number of its snapshot
     * @param content a message, as the codec wrote it
     */
    record Numbered(long number, boolean isMarker, ByteString content) {}

    /** What travels along a channel at once: what came next there, in order. */
    record Batch(ImmutableList<Numbered> carried) implements Wire {}

    /** The same without reliable delivery: for tests of what that does. */
    record Told(String channel, Batch batch) implements Wire, ProcessMessage {}

    /** What nodes say to each other about the network. Processes and channels go by name. */
    sealed interface Control extends Wire, NodeMessage {}

    /**
     * The coordinator to each node: how the network is laid out.
     *
     * @param run tells this network from others at the same addresses
     * @param nodes the addresses of the nodes, the coordinator's first
     * @param placement the node of each process, as a place in that list
     * @param fingerprint of the topology and the initial state: all nodes must have the same
     * @param actor the coordinator's node's, to be watched
     */
    record Plan(
            String run,
            List<String> nodes,
            Map<String, Integer> placement,
            String fingerprint,
            String actor) implements Control {}

    /** The coordinator to a node that is none of the network. */
    record Refused(String reason) implements Control {}

    /**
     * A node to the coordinator: all channels that lead away from here are connected.
     *
     * @param actor the node's, to be watched
     */
    record Ready(String actor) implements Control {}

    /** The coordinator to each node: all channels are connected, processes may step. */
    record Go() implements Control {}

    /** A node to the coordinator: open a snapshot. */
    record Open(long request, List<String> initiators) implements Control {}

    /** The answer: its number. */
    record Opened(long request, long snapshot) implements Control {}

    /** The answer: no, because. */
    record NotOpened(long request, String cause) implements Control {}

    /** To the coordinator, and from there to the node of the process: initiate a snapshot. */
    record Initiate(long snapshot, String process) implements Control {}

    /** A node to the coordinator: give this snapshot up. To each node: it is given up. */
    record GiveUp(long snapshot, String cause) implements Control {}

    /** A node to the coordinator: the process has recorded its state. */
    record Recorded(long snapshot, String process, boolean initiated) implements Control {}

    /** To the coordinator, and from there to who asked: what one process recorded. */
    record Part(
            long snapshot,
            String process,
            ByteString state,
            Map<String, List<ByteString>> channels) implements Control {}

    /** The coordinator to who asked: all parts have come. */
    record Complete(long snapshot, List<String> initiators) implements Control {}

    /** Who asked to the coordinator: the snapshot is in the asker's hands. */
    record Kept(long snapshot) implements Control {}

    /** The coordinator to each node: the snapshot is in the asker's hands. */
    record Ended(long snapshot) implements Control {}

    /** The coordinator to who asked: what the snapshot waits for. */
    record Awaited(long snapshot, List<String> notRecorded, List<String> markers)
            implements Control {}

    /**
     * A node to the coordinator, from time to time.
     *
     * @param received how many messages its processes have received
     * @param blocked the processes that wait for room in a channel
     * @param awaiting for each open snapshot the channels whose marker is awaited here
     */
    record Status(long received, Map<String, Blocked> blocked, Map<Long, List<String>> awaiting)
            implements Control {}

    /** The coordinator to each node, from time to time: messages received by all. */
    record Progress(long received) implements Control {}

    /**
     * A node to the coordinator, and from there to all: no snapshot can be recorded any more.
     *
     * @param channel the channel that broke, or null
     * @param stopped whether the processes must take no further step
     */
    record Broken(@Nullable String channel, String fault, boolean stopped) implements Control {

        /** Channel and fault, in words. */
        String sentence() {
            return channel == null ? fault : "channel " + channel + " is broken: " + fault;
        }
    }

    /** To the coordinator, and from there to the node of the process: take this step. */
    record Execute(int node, long request, String process, ByteString command)
            implements Control {}

    /** The answer: the state after the step, or why it was not taken. */
    record Executed(int node, long request, @Nullable ByteString state, @Nullable String cause)
            implements Control {}

    /** A node to the coordinator: it is done. To all: all are. */
    record Finished() implements Control {}

    /** A process that could take no step since {@code steps} because this channel is full. */
    record Blocked(String channel, long steps) {}
}
