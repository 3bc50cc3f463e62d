package org.chandylamport.trace;

import com.google.common.collect.ImmutableSortedSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.jspecify.annotations.Nullable;

/**
 * A random run of a bank with overlapping snapshots, one event at a time, of any length. It knows
 * nothing of the real core: a plain simulation, so that the tests of traces stand on their own.
 */
final class RandomTrace {

    private static final int LIVE = 3;
    private static final int FULL = 20;

    final Topology topology;
    final GlobalState<Integer, Integer> initial;
    private final SplittableRandom random;
    private final List<ProcessId> processes;
    private final Map<ProcessId, Integer> states = new HashMap<>();
    private final Map<Channel, Deque<Object>> channels = new HashMap<>();
    private final Map<SnapshotId, Recorded> live = new TreeMap<>();
    private final int snapshotEvery;
    private long snapshots;

    /** What is recorded of a snapshot so far. */
    private static final class Recorded {
        final Map<ProcessId, Integer> states = new HashMap<>();
        final Map<Channel, List<Integer>> channels = new HashMap<>();
        final Map<Channel, Boolean> closed = new HashMap<>();
        @Nullable ProcessId initiator;
    }

    interface Sink {
        void event(Event<Integer, Integer> event) throws Exception;

        void snapshot(Snapshot<Integer, Integer> snapshot) throws Exception;
    }

    RandomTrace(long seed, int size, int snapshotEvery) {
        random = new SplittableRandom(seed);
        this.snapshotEvery = snapshotEvery;
        ProcessId[] names = new ProcessId[size];
        for (int i = 0; i < size; i++) {
            names[i] = new ProcessId("p" + i);
        }
        topology = Topology.random(seed, names);
        processes = List.copyOf(topology.processes());
        initial = GlobalState.initial(topology, 1000);
        processes.forEach(p -> states.put(p, 1000));
        topology.channels().forEach(c -> channels.put(c, new ArrayDeque<>()));
    }

    /** Runs so many steps, then lets the open snapshots end. */
    void run(long steps, Sink sink) throws Exception {
        for (long i = 0; i < steps || !live.isEmpty(); i++) {
            ProcessId p = processes.get(random.nextInt(processes.size()));
            if (i < steps && i % snapshotEvery == 0 && live.size() < LIVE) {
                SnapshotId id = new SnapshotId(++snapshots);
                live.put(id, new Recorded());
                live.get(id).initiator = p;
                record(p, id, sink);
            } else {
                step(p, sink);
            }
        }
    }

    private void step(ProcessId p, Sink sink) throws Exception {
        List<Channel> incoming = topology.incoming(p);
        Channel c = incoming.get(random.nextInt(incoming.size()));
        Object next = channels.get(c).peek();
        if (next != null && (channels.get(c).size() >= FULL / 2 || random.nextInt(4) < 3)) {
            channels.get(c).remove();
            receive(p, c, next, sink);
        } else {
            List<Channel> outgoing = topology.outgoing(p);
            Channel out = outgoing.get(random.nextInt(outgoing.size()));
            if (random.nextInt(3) == 0 || channels.get(out).size() >= FULL) {
                sink.event(new Event.Internal<>(p, states.merge(p, 0, Integer::sum)));
            } else {
                send(out, random.nextInt(10), false, sink);
            }
        }
    }

    private void receive(ProcessId p, Channel c, Object next, Sink sink) throws Exception {
        if (next instanceof SnapshotId id) {
            if (!live.get(id).states.containsKey(p)) {
                record(p, id, sink);
            }
            sink.event(new Event.ReceiveMarker<>(c, id));
            live.get(id).closed.put(c, true);
            complete(id, sink);
            return;
        }
        int amount = (Integer) next;
        live.values().forEach(recorded -> {
            if (recorded.states.containsKey(p) && !recorded.closed.containsKey(c)) {
                recorded.channels.computeIfAbsent(c, k -> new ArrayList<>()).add(amount);
            }
        });
        int after = states.merge(p, amount, Integer::sum);
        Channel out = topology.outgoing(p).get(0);
        boolean isForwarded = random.nextInt(3) == 0 && channels.get(out).size() < FULL;
        sink.event(new Event.Receive<>(c, amount, isForwarded ? after - 1 : after));
        if (isForwarded) {
            send(out, 1, true, sink);
        }
    }

    private void send(Channel c, int amount, boolean isSameStep, Sink sink) throws Exception {
        channels.get(c).add(amount);
        int after = states.merge(c.from(), -amount, Integer::sum);
        sink.event(new Event.Send<>(c, amount, after, isSameStep));
    }

    private void record(ProcessId p, SnapshotId id, Sink sink) throws Exception {
        live.get(id).states.put(p, states.get(p));
        sink.event(new Event.RecordState<>(p, id));
        topology.outgoing(p).forEach(c -> channels.get(c).add(id));
        complete(id, sink);
    }

    private void complete(SnapshotId id, Sink sink) throws Exception {
        Recorded recorded = live.get(id);
        if (recorded.states.size() == processes.size()
                && recorded.closed.size() == topology.channels().size()) {
            live.remove(id);
            topology.channels().forEach(c -> recorded.channels.putIfAbsent(c, List.of()));
            sink.snapshot(new Snapshot<>(id, ImmutableSortedSet.of(recorded.initiator),
                    GlobalState.of(recorded.states, recorded.channels)));
        }
    }
}
