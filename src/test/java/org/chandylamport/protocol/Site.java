package org.chandylamport.protocol;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event;
import org.chandylamport.model.Marker;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.jspecify.annotations.Nullable;

/** One process under test: its core, and what it sends, logs and records. */
final class Site implements Effects<String, Integer> {

    final ProcessId p;
    final ChandyLamport<String, Integer> core;
    final List<End> ends;
    final List<Object> sent = new ArrayList<>();
    final List<Integer> loggedBefore = new ArrayList<>();
    final List<Event<String, Integer>> events = new ArrayList<>();
    final List<Recording<String, Integer>> recordings = new ArrayList<>();
    final Map<SnapshotId, Recording<String, Integer>> complete = new TreeMap<>();
    private final boolean logging;

    /** The process p in state "initial". */
    Site(ProcessId p, List<Channel> incoming, List<Channel> outgoing) {
        this(p, incoming, outgoing, true);
    }

    Site(ProcessId p, List<Channel> incoming, List<Channel> outgoing, boolean logging) {
        this.p = p;
        this.logging = logging;
        this.ends = outgoing.stream().map(End::new).toList();
        this.core = new ChandyLamport<>(p, "initial", incoming, ends, this);
    }

    Incoming<Integer> in(Channel c) {
        return core.incoming().stream().filter(i -> i.channel().equals(c)).findAny().orElseThrow();
    }

    void receive(Channel c, int message) {
        core.receive(in(c), message, core.state() + message);
    }

    void marker(Channel c, long s) {
        core.receiveMarker(in(c), new Marker(new SnapshotId(s)));
    }

    boolean record(long s) {
        return core.recordState(new SnapshotId(s));
    }

    boolean abandon(long s) {
        return core.abandon(new SnapshotId(s));
    }

    /** The complete recording of a snapshot. */
    Recording<String, Integer> complete(long s) {
        Recording<String, Integer> recording = complete.get(new SnapshotId(s));
        if (recording == null) {
            throw new AssertionError("snapshot " + s + " is not complete at " + p);
        }
        return recording;
    }

    /** The recorded messages of a channel, from a recording that is complete. */
    List<Integer> recorded(long s, Channel c) {
        ImmutableList<Integer> messages = complete(s).channels().get(c);
        if (messages == null) {
            throw new AssertionError(c + " is not recorded");
        }
        return messages;
    }

    @Override
    public void recording(Recording<String, Integer> recording) {
        recordings.add(recording);
    }

    @Override
    public void complete(Recording<String, Integer> recording) {
        if (complete.put(recording.snapshot(), recording) != null) {
            throw new AssertionError("handed over twice: " + recording);
        }
    }

    @Override
    public @Nullable Consumer<Event<String, Integer>> log() {
        return logging ? events::add : null;
    }

    /** A sending end that keeps what is sent, as {@code [channel, item]}. */
    final class End implements Outgoing<Integer> {

        private final Channel channel;

        End(Channel channel) {
            this.channel = channel;
        }

        @Override
        public Channel channel() {
            return channel;
        }

        @Override
        public void send(Integer message) {
            loggedBefore.add(events.size());
            sent.add(List.of(channel, message));
        }

        @Override
        public void sendMarker(Marker marker) {
            loggedBefore.add(events.size());
            sent.add(List.of(channel, marker));
        }

        @Override
        public String toString() {
            return channel.toString();
        }
    }
}
