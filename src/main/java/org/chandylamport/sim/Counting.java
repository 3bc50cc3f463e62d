package org.chandylamport.sim;

import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.stream.IntStream;
import org.chandylamport.model.Channel;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.Outbox;
import org.chandylamport.model.Topology;

/**
 * The underlying computation in which each process sends up to {@code messages} messages along each
 * channel, and the n-th message of a channel is n. The state of a process is how many it has sent
 * and received along each channel.
 */
public record Counting(int messages) implements Underlying<Counting.State, Integer> {

    /** How many messages a process has sent and received along each of its channels. */
    public record State(
            ImmutableSortedMap<Channel, Integer> sent,
            ImmutableSortedMap<Channel, Integer> received) {

        @Override
        public String toString() {
            return "sent " + sent + " received " + received;
        }
    }

    /** The global state in which nothing has been sent. */
    public static GlobalState<State, Integer> initial(Topology topology) {
        return GlobalState.initial(topology, p ->
                new State(zeros(topology.outgoing(p)), zeros(topology.incoming(p))));
    }

    private static ImmutableSortedMap<Channel, Integer> zeros(ImmutableList<Channel> channels) {
        return channels.stream().collect(
                ImmutableSortedMap.toImmutableSortedMap(Channel::compareTo, c -> c, c -> 0));
    }

    @Override
    public boolean canSend(State state, Channel c) {
        return count(state.sent, c) < messages;
    }

    @Override
    public Integer message(State state, Channel c) {
        return count(state.sent, c) + 1;
    }

    @Override
    public State afterSend(State state, Channel c) {
        return new State(oneMore(state.sent, c), state.received);
    }

    /** @throws IllegalStateException if the message is not the next one of the channel */
    @Override
    public State receive(State state, Channel c, Integer message, Outbox<Integer> outbox) {
        int expected = count(state.received, c) + 1;
        checkState(message == expected, "%s along %s, where %s is next", message, c, expected);
        return new State(state.sent, oneMore(state.received, c));
    }

    @Override
    public ImmutableList<Integer> sent(State state, Channel c) {
        return upTo(count(state.sent, c));
    }

    @Override
    public ImmutableList<Integer> received(State state, Channel c) {
        return upTo(count(state.received, c));
    }

    private static int count(ImmutableSortedMap<Channel, Integer> counts, Channel c) {
        return requireNonNull(counts.get(c), c.name());
    }

    private static ImmutableSortedMap<Channel, Integer> oneMore(
            ImmutableSortedMap<Channel, Integer> counts, Channel c) {
        ImmutableSortedMap.Builder<Channel, Integer> more = ImmutableSortedMap.naturalOrder();
        counts.forEach((d, count) -> more.put(d, d.equals(c) ? count + 1 : count));
        return more.buildOrThrow();
    }

    private static ImmutableList<Integer> upTo(int last) {
        return IntStream.rangeClosed(1, last).boxed().collect(ImmutableList.toImmutableList());
    }
}
