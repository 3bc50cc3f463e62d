package org.chandylamport.cluster;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.util.ByteString;
import org.chandylamport.cluster.Wire.Control;
import org.chandylamport.cluster.Wire.Part;
import org.chandylamport.cluster.Wire.Recorded;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Topology;
import org.chandylamport.protocol.Recording;
import org.chandylamport.store.Codec;
import org.chandylamport.store.CodecException;
import org.jspecify.annotations.Nullable;

/**
 * What the processes of a node have in common.
 *
 * @param capacity how many messages wait at the sending end of a channel before it is full
 * @param delivery how channels carry what is sent
 * @param log where events go, by the threads of the processes, one at a time; or null
 * @param flush makes what was logged survive this JVM, before a recording leaves it
 * @param received counts the messages that the processes of this node have received
 * @param say tells the coordinator, by way of the node
 */
record Hosting<S, M>(
        Topology topology,
        Function<ProcessId, ? extends Behavior<S, M>> behaviors,
        GlobalState<S, M> initial,
        Codec<S> states,
        Codec<M> messages,
        int capacity,
        Delivery delivery,
        @Nullable Consumer<Event<S, M>> log,
        Runnable flush,
        LongAdder received,
        Consumer<Control> say) {

    Hosting {
        checkArgument(initial.processes().keySet().equals(topology.processes()),
                "the initial state is of processes %s, the topology has %s",
                initial.processes().keySet(), topology.processes());
        initial.channels().keySet().forEach(c -> checkArgument(
                c.equals(topology.channel(c.name())),
                "the initial state has channel %s, the topology has not", c));
    }

    void recorded(Recording<S, M> recording, boolean isInitiated) {
        say.accept(new Recorded(
                recording.snapshot().number(), recording.process().name(), isInitiated));
    }

    void complete(Recording<S, M> recording) {
        flush.run();
        ImmutableMap.Builder<String, List<ByteString>> channels = ImmutableMap.builder();
        recording.channels().forEach((c, held) -> channels.put(c.name(), held.stream()
                .map(message -> encoded(messages, message, "a message in channel " + c))
                .collect(ImmutableList.toImmutableList())));
        say.accept(new Part(recording.snapshot().number(), recording.process().name(),
                encoded(states, recording.state(), "the state of process " + recording.process()),
                channels.buildOrThrow()));
    }

    /** The bytes of a value. */
    static <T> ByteString encoded(Codec<T> codec, T value, String what) {
        try {
            return ByteString.fromArrayUnsafe(codec.encode(value));
        } catch (CodecException e) {
            throw new IllegalStateException(what + " cannot be sent: " + e.getMessage(), e);
        }
    }

    /** The value with these bytes. */
    static <T> T decoded(Codec<T> codec, ByteString bytes, String what) {
        try {
            return codec.decode(bytes.toArrayUnsafe());
        } catch (CodecException e) {
            throw new IllegalStateException(what + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Says shortly of what system this is: equal for equal topologies and initial states. */
    String fingerprint() {
        Hasher hasher = Hashing.sha256().newHasher();
        topology.processes().forEach(p -> hasher
                .putString(p.name() + "\n", StandardCharsets.UTF_8)
                .putBytes(encoded(states, requireNonNull(initial.processes().get(p)),
                        "the state of " + p).toArrayUnsafe()));
        for (Channel c : topology.channels()) {
            hasher.putString(c.name() + "\n" + c.from() + "\n" + c.to() + "\n",
                    StandardCharsets.UTF_8);
            initial.channels().getOrDefault(c, ImmutableList.of()).forEach(message -> hasher
                    .putBytes(encoded(messages, message, "a message of " + c).toArrayUnsafe()));
        }
        return hasher.hash().toString();
    }
}
