package org.chandylamport.check;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Computation;
import org.chandylamport.model.Event;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;

/**
 * A random computation of a random small system, and random cuts of it. States and messages are
 * few, so that different cuts may have the same global state. A cut says how many events of each
 * process lie before it. Written without regard to what it tests.
 */
final class RandomRun {

    final Random random;
    final Topology topology;
    final GlobalState<Integer, Integer> initial;
    /** The events of the underlying computation, in the order in which they happened. */
    final List<Event<Integer, Integer>> happened = new ArrayList<>();
    final Map<ProcessId, List<Event<Integer, Integer>>> logs = new TreeMap<>();
    /** For each process, the numbers of events at which its steps end. */
    final Map<ProcessId, List<Integer>> boundaries = new TreeMap<>();

    RandomRun(long seed, int processes, int steps) {
        random = new Random(new SplittableRandom(seed).nextLong()); // Small seeds differ too.
        List<ProcessId> ids = new ArrayList<>();
        for (int i = random.nextInt(processes); i >= 0; i--) {
            ids.add(new ProcessId("p" + i));
        }
        List<Channel> channels = new ArrayList<>();
        for (int i = random.nextInt(2 * ids.size() + 1) + ids.size() / 2; i > 0; i--) {
            channels.add(new Channel("c" + i, one(ids), one(ids)));
        }
        topology = new Topology(ids, channels);
        Map<ProcessId, Integer> states = new HashMap<>();
        Map<Channel, List<Integer>> contents = new HashMap<>();
        ids.forEach(p -> states.put(p, random.nextInt(3)));
        channels.forEach(c -> contents.put(c, random.nextInt(4) == 0 ? List.of(7, 1) : List.of()));
        initial = GlobalState.of(states, contents);
        for (ProcessId p : ids) {
            logs.put(p, new ArrayList<>());
            boundaries.put(p, new ArrayList<>(List.of(0)));
        }
        Map<Channel, Deque<Integer>> inTransit = new HashMap<>();
        contents.forEach((c, messages) -> inTransit.put(c, new ArrayDeque<>(messages)));
        for (int i = steps - random.nextInt(steps); i > 0; i--) {
            step(one(ids), inTransit);
        }
    }

    private void step(ProcessId p, Map<Channel, Deque<Integer>> inTransit) {
        int state = random.nextInt(3);
        List<Channel> full = topology.incoming(p).stream()
                .filter(c -> !inTransit.get(c).isEmpty()).toList();
        List<Channel> out = topology.outgoing(p);
        boolean first = false;
        if (!full.isEmpty() && random.nextInt(4) > 0) {
            Channel c = one(full);
            happen(new Event.Receive<>(c, inTransit.get(c).remove(), state));
        } else if (out.isEmpty() || random.nextInt(3) == 0) {
            happen(new Event.Internal<>(p, state));
        } else {
            first = true;
        }
        int sends = out.isEmpty() ? 0 : random.nextInt(3) + (first ? 1 : 0);
        for (int i = 0; i < sends; i++) {
            Channel c = one(out);
            int message = random.nextInt(3);
            inTransit.get(c).add(message);
            happen(new Event.Send<>(c, message, state, !first));
            first = false;
        }
        boundaries.get(p).add(logs.get(p).size());
    }

    private void happen(Event<Integer, Integer> event) {
        happened.add(event);
        logs.get(event.process()).add(event);
    }

    /** Any point between steps for each process. */
    Map<ProcessId, Integer> cut() {
        Map<ProcessId, Integer> cut = new TreeMap<>();
        boundaries.forEach((p, points) -> cut.put(p, one(points)));
        return cut;
    }

    /** A random cut at which every message received was sent. */
    Map<ProcessId, Integer> consistentCut() {
        Map<ProcessId, Integer> cut = cut();
        while (!isConsistent(cut)) {
            for (Channel c : topology.channels()) {
                if (received(c, cut) > sent(c, cut).size()) {
                    List<Integer> points = boundaries.get(c.to());
                    cut.put(c.to(), points.get(points.indexOf(cut.get(c.to())) - 1));
                }
            }
        }
        return cut;
    }

    boolean isConsistent(Map<ProcessId, Integer> cut) {
        return topology.channels().stream()
                .allMatch(c -> received(c, cut) <= sent(c, cut).size());
    }

    int received(Channel c, Map<ProcessId, Integer> cut) {
        return (int) logs.get(c.to()).stream().limit(cut.get(c.to()))
                .filter(e -> e instanceof Event.Receive<?, ?> r && r.channel().equals(c)).count();
    }

    List<Integer> sent(Channel c, Map<ProcessId, Integer> cut) {
        List<Integer> sent = new ArrayList<>(initial.channels().get(c));
        for (Event<Integer, Integer> e : logs.get(c.from()).subList(0, cut.get(c.from()))) {
            if (e instanceof Event.Send<Integer, Integer> send && send.channel().equals(c)) {
                sent.add(send.message());
            }
        }
        return sent;
    }

    /** The global state at a cut; a channel with orphans is empty. */
    GlobalState<Integer, Integer> stateAt(Map<ProcessId, Integer> cut) {
        Map<ProcessId, Integer> states = new TreeMap<>(initial.processes());
        logs.forEach((p, log) -> log.stream().limit(cut.get(p)).forEach(e ->
                states.put(p, ((Event.Environment<Integer, Integer>) e).state())));
        Map<Channel, List<Integer>> contents = new TreeMap<>();
        for (Channel c : topology.channels()) {
            List<Integer> sent = sent(c, cut);
            contents.put(c, sent.subList(Math.min(received(c, cut), sent.size()), sent.size()));
        }
        return GlobalState.of(states, contents);
    }

    Snapshot<Integer, Integer> snapshot(long id, GlobalState<Integer, Integer> state) {
        return new Snapshot<>(new SnapshotId(id), ImmutableSortedSet.of(), state);
    }

    /** The logs with a RecordState at each cut, and markers where the algorithm has them. */
    Map<ProcessId, List<Event<Integer, Integer>>> logs(List<Map<ProcessId, Integer>> cuts) {
        Map<ProcessId, List<Event<Integer, Integer>>> result = new TreeMap<>();
        logs.forEach((p, log) -> {
            List<Event<Integer, Integer>> lines = new ArrayList<>();
            for (int i = 0; i <= log.size(); i++) {
                for (int s = 0; s < cuts.size(); s++) {
                    SnapshotId id = new SnapshotId(s);
                    if (cuts.get(s).get(p) == i) {
                        lines.add(new Event.RecordState<>(p, id));
                    }
                    for (Channel c : topology.incoming(p)) {
                        if (markerPlace(c, cuts.get(s)) == i) {
                            lines.add(new Event.ReceiveMarker<>(c, id));
                        }
                    }
                }
                if (i < log.size()) {
                    lines.add(log.get(i));
                }
            }
            result.put(p, lines);
        });
        return result;
    }

    /** After how many events the receiver has recorded and received all sent before the marker. */
    private int markerPlace(Channel c, Map<ProcessId, Integer> cut) {
        for (int i = cut.get(c.to()); i <= logs.get(c.to()).size(); i++) {
            Map<ProcessId, Integer> later = new HashMap<>(cut);
            later.put(c.to(), i);
            if (received(c, later) == sent(c, cut).size()) {
                return i;
            }
        }
        return -1;
    }

    /** The events in the order in which they happened, with a RecordState of each process. */
    Computation<Integer, Integer> computation(Map<ProcessId, Integer> cut) {
        ImmutableList.Builder<Event<Integer, Integer>> events = ImmutableList.builder();
        Map<ProcessId, Integer> counts = new HashMap<>();
        SnapshotId id = new SnapshotId(0);
        for (Event<Integer, Integer> event : happened) {
            int before = counts.merge(event.process(), 1, Integer::sum) - 1;
            if (before == cut.get(event.process())) {
                events.add(new Event.RecordState<>(event.process(), id));
            }
            events.add(event);
        }
        logs.forEach((p, log) -> {
            if (cut.get(p) == log.size()) {
                events.add(new Event.RecordState<>(p, id));
            }
        });
        return new Computation<>(topology, initial, events.build());
    }

    /** The logs, mixed at random: one process may be far ahead of another. */
    List<Event<Integer, Integer>> mixed(Map<ProcessId, List<Event<Integer, Integer>>> parts) {
        List<Event<Integer, Integer>> lines = new ArrayList<>();
        List<Deque<Event<Integer, Integer>>> left = new ArrayList<>();
        parts.values().forEach(log -> left.add(new ArrayDeque<>(log)));
        left.removeIf(Deque::isEmpty);
        while (!left.isEmpty()) {
            Deque<Event<Integer, Integer>> log = one(left);
            for (int i = random.nextInt(5); i >= 0 && !log.isEmpty(); i--) {
                lines.add(log.remove());
            }
            left.removeIf(Deque::isEmpty);
        }
        return lines;
    }

    /** All combinations of points between steps. */
    List<Map<ProcessId, Integer>> allCuts() {
        List<Map<ProcessId, Integer>> cuts = new ArrayList<>(List.of(new TreeMap<>()));
        boundaries.forEach((p, points) -> {
            List<Map<ProcessId, Integer>> longer = new ArrayList<>();
            for (Map<ProcessId, Integer> cut : cuts) {
                for (int point : points) {
                    Map<ProcessId, Integer> next = new TreeMap<>(cut);
                    next.put(p, point);
                    longer.add(next);
                }
            }
            cuts.clear();
            cuts.addAll(longer);
        });
        return cuts;
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
