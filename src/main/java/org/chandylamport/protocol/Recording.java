package org.chandylamport.protocol;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.chandylamport.model.Channel;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.protocol.Incoming.Link;
import org.jspecify.annotations.Nullable;

/**
 * What one process records for one snapshot: its state, and the messages of each incoming channel
 * between that moment and the channel's marker.
 *
 * <p>Memory consistency effects: changed by the process that records, until it is complete. Another
 * thread reads a complete recording after an acquire that follows the release by which the driver
 * handed it over. {@link #awaitingMarker} may be called by any thread at any time: a close is an
 * opaque write, so that a reader may see it late, but never sees a channel closed that is not.
 */
public final class Recording<S, M> {

    private final SnapshotId snapshot;
    private final ProcessId process;
    private final S state;
    private final List<Incoming<M>> incoming;
    private final List<Link<M>> opened;
    private final AtomicReferenceArray<@Nullable Link<M>> closed;
    private int open;

    /** Opens every incoming channel. */
    Recording(SnapshotId snapshot, ProcessId process, S state, List<Incoming<M>> incoming) {
        this(snapshot, process, state, incoming, new ArrayList<>(incoming.size()));
        incoming.forEach(c -> opened.add(c.open()));
    }

    private Recording(
            SnapshotId snapshot,
            ProcessId process,
            S state,
            List<Incoming<M>> incoming,
            List<Link<M>> opened) {
        this.snapshot = snapshot;
        this.process = process;
        this.state = state;
        this.incoming = incoming;
        this.opened = opened;
        this.closed = new AtomicReferenceArray<>(incoming.size());
        this.open = incoming.size();
    }

    /** Which snapshot this belongs to. */
    public SnapshotId snapshot() {
        return snapshot;
    }

    /** The process that records. */
    public ProcessId process() {
        return process;
    }

    /** The recorded state of the process. */
    public S state() {
        return state;
    }

    /** Whether the marker has arrived along every incoming channel. */
    public boolean isComplete() {
        return open == 0;
    }

    /** The channels whose marker is awaited. */
    public ImmutableSortedSet<Channel> awaitingMarker() {
        return incoming.stream()
                .filter(c -> closed.getOpaque(c.position()) == null)
                .map(Incoming::channel)
                .collect(ImmutableSortedSet.toImmutableSortedSet(Channel::compareTo));
    }

    /**
     * The recorded messages of each incoming channel, first sent first; of a channel whose marker
     * is awaited, those so far.
     */
    public ImmutableSortedMap<Channel, ImmutableList<M>> channels() {
        ImmutableSortedMap.Builder<Channel, ImmutableList<M>> channels =
                ImmutableSortedMap.naturalOrder();
        incoming.forEach(c -> channels.put(c.channel(), messages(c)));
        return channels.buildOrThrow();
    }

    boolean isAwaited(Incoming<M> c) {
        return closed.getPlain(c.position()) == null;
    }

    /** Closes a channel: its state is what has been received since it was opened. */
    void close(Incoming<M> c) {
        assert isAwaited(c) : c;
        closed.setOpaque(c.position(), c.close());
        open--;
    }

    /** Opens no channel any more: what was recorded is forgotten. */
    void abandon() {
        incoming.stream().filter(this::isAwaited).forEach(Incoming::close);
    }

    /** This recording as it is now, as a value. */
    public Value<S, M> value() {
        return new Value<>(state, awaitingMarker(), channels());
    }

    /** The live recordings of a process with these values; starts the channels' logs anew. */
    static <S, M> Map<SnapshotId, Recording<S, M>> restore(
            ProcessId p, Map<SnapshotId, Value<S, M>> values, List<Incoming<M>> incoming) {
        Map<SnapshotId, Recording<S, M>> recordings = new HashMap<>();
        values.forEach((s, value) -> recordings.put(
                s, new Recording<>(s, p, value.state, incoming, new ArrayList<>())));
        for (Incoming<M> c : incoming) {
            ImmutableList<M> longest = ImmutableList.of();
            int awaiting = 0;
            for (Value<S, M> value : values.values()) {
                if (value.awaitingMarker.contains(c.channel())) {
                    awaiting++;
                    ImmutableList<M> messages = value.messages(c);
                    longest = messages.size() > longest.size() ? messages : longest;
                }
            }
            Link<M> first = c.restart(longest, awaiting);
            values.forEach((s, value) -> requireNonNull(recordings.get(s)).reopen(c, value, first));
        }
        return recordings;
    }

    private void reopen(Incoming<M> c, Value<S, M> value, Link<M> first) {
        ImmutableList<M> messages = value.messages(c);
        if (value.awaitingMarker.contains(c.channel())) {
            Link<M> link = first;
            while (!link.until(c.last()).equals(messages)) {
                link = requireNonNull(link.next, "recordings of one channel share its log");
            }
            opened.add(link);
        } else {
            Link<M> own = Link.chain(messages);
            opened.add(own);
            closed.setOpaque(c.position(), own.end());
            open--;
        }
    }

    /** The messages of the incoming channel at this place. */
    ImmutableList<M> messages(int position) {
        return messages(incoming.get(position));
    }

    private ImmutableList<M> messages(Incoming<M> c) {
        Link<M> end = closed.getPlain(c.position());
        return opened.get(c.position()).until(end == null ? c.last() : end);
    }

    @Override
    public String toString() {
        return process + " for " + snapshot + ": " + value();
    }

    /**
     * A recording as a value.
     *
     * @param state the recorded state of the process
     * @param awaitingMarker the channels whose marker is awaited
     * @param channels the recorded messages of each incoming channel
     */
    public record Value<S, M>(
            S state,
            ImmutableSortedSet<Channel> awaitingMarker,
            ImmutableSortedMap<Channel, ImmutableList<M>> channels) {

        private ImmutableList<M> messages(Incoming<M> c) {
            return requireNonNull(channels.get(c.channel()));
        }
    }
}
