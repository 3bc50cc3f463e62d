package org.chandylamport.cluster;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.chandylamport.cluster.Wire.Awaited;
import org.chandylamport.cluster.Wire.Broken;
import org.chandylamport.cluster.Wire.Complete;
import org.chandylamport.cluster.Wire.Control;
import org.chandylamport.cluster.Wire.Ended;
import org.chandylamport.cluster.Wire.Execute;
import org.chandylamport.cluster.Wire.Executed;
import org.chandylamport.cluster.Wire.Finished;
import org.chandylamport.cluster.Wire.GiveUp;
import org.chandylamport.cluster.Wire.Go;
import org.chandylamport.cluster.Wire.Initiate;
import org.chandylamport.cluster.Wire.Kept;
import org.chandylamport.cluster.Wire.NotOpened;
import org.chandylamport.cluster.Wire.Open;
import org.chandylamport.cluster.Wire.Opened;
import org.chandylamport.cluster.Wire.Part;
import org.chandylamport.cluster.Wire.Progress;
import org.chandylamport.cluster.Wire.Ready;
import org.chandylamport.cluster.Wire.Recorded;
import org.chandylamport.cluster.Wire.Status;
import org.chandylamport.model.Channel;
import org.chandylamport.model.ProcessId;
import org.jspecify.annotations.Nullable;

/**
 * What one node does for all: issues the numbers of snapshots, hands their parts to who asked, and
 * decides, alone, whether a snapshot is complete or given up.
 *
 * <p>Deterministic: no thread, no clock, no Pekko.
 */
final class Coordinator {

    private static final int PATIENCE = 12;

    private final Layout layout;
    private final Duration timeout;
    private final Nodes nodes;
    private final List<String> processes;
    private final Map<Long, OpenSnapshot> open = new TreeMap<>();
    private final Set<Integer> notReady;
    private final Set<Integer> notFinished;
    private final Set<Integer> unreachable = new TreeSet<>();
    private final Blockage blockage;
    private final long[] received;
    private long next;
    private long sum;
    private @Nullable Broken broken;

    /** Tells a node something, in order and reliably. */
    interface Nodes {
        void tell(int node, Control message);
    }

    /** @param timeout after this a snapshot that is not complete is given up */
    Coordinator(Layout layout, long first, Duration timeout, Nodes nodes) {
        this.layout = layout;
        this.next = first;
        this.timeout = timeout;
        this.nodes = nodes;
        this.processes = layout.topology().processes().stream().map(ProcessId::name).toList();
        this.notReady = all();
        this.notFinished = all();
        this.received = new long[layout.nodes().size()];
        this.blockage = new Blockage(layout.topology(), PATIENCE);
    }

    private Set<Integer> all() {
        return IntStream.range(0, layout.nodes().size()).boxed().collect(Collectors.toSet());
    }

    /** A node says something. */
    void said(int node, Control message, long now) {
        if (message instanceof Open asked) {
            open(node, asked, now);
        } else if (message instanceof Recorded recorded) {
            OpenSnapshot snapshot = open.get(recorded.snapshot());
            if (snapshot != null) {
                snapshot.recorded(recorded.process(), recorded.initiated());
            }
        } else if (message instanceof Part part) {
            part(part);
        } else if (message instanceof Status status) {
            status(node, status);
        } else if (message instanceof Initiate initiate) {
            if (open.containsKey(initiate.snapshot())) {
                nodes.tell(layout.node(new ProcessId(initiate.process())), initiate);
            }
        } else if (message instanceof GiveUp giveUp) {
            giveUp(giveUp.snapshot(), giveUp.cause());
        } else if (message instanceof Broken cause) {
            broken(cause);
        } else if (message instanceof Kept kept) {
            tellAll(new Ended(kept.snapshot()));
        } else if (message instanceof Execute execute) {
            nodes.tell(layout.node(new ProcessId(execute.process())), execute);
        } else if (message instanceof Executed executed) {
            nodes.tell(executed.node(), executed);
        } else if (message instanceof Ready) {
            tellAllOnce(notReady, node, new Go());
        } else if (message instanceof Finished) {
            tellAllOnce(notFinished, node, new Finished());
        }
    }

    private void tellAllOnce(Set<Integer> missing, int node, Control message) {
        if (missing.remove(node) && missing.isEmpty()) {
            tellAll(message);
        }
    }

    private void open(int node, Open asked, long now) {
        String refusal = refusal();
        if (refusal != null) {
            nodes.tell(node, new NotOpened(asked.request(), refusal));
            return;
        }
        OpenSnapshot snapshot = new OpenSnapshot(next++, node, now, processes);
        open.put(snapshot.number, snapshot);
        nodes.tell(node, new Opened(asked.request(), snapshot.number));
        asked.initiators().forEach(p -> nodes.tell(
                layout.node(new ProcessId(p)), new Initiate(snapshot.number, p)));
    }

    private @Nullable String refusal() {
        if (broken != null) {
            return broken.sentence();
        }
        return unreachable.isEmpty() ? blockageOrNull()
                : unreachableCause(unreachable.iterator().next());
    }

    private void part(Part part) {
        OpenSnapshot snapshot = open.get(part.snapshot());
        if (snapshot != null) {
            nodes.tell(snapshot.asker, part);
            if (snapshot.complete(part.process())) {
                open.remove(snapshot.number);
                nodes.tell(snapshot.asker,
                        new Complete(snapshot.number, snapshot.initiators()));
            }
        }
    }

    private void status(int node, Status status) {
        received[node] = status.received();
        layout.processes(node).forEach(p ->
                blockage.says(p.name(), status.blocked().get(p.name())));
        open.values().forEach(snapshot -> snapshot.awaiting(
                node, status.awaiting().getOrDefault(snapshot.number, ImmutableList.of())));
    }

    /** Some time has passed. */
    void tick(long now) {
        String full = open.isEmpty() ? null : blockageOrNull();
        for (OpenSnapshot snapshot : ImmutableList.copyOf(open.values())) {
            Awaited awaited = snapshot.awaited();
            if (full != null) {
                giveUp(snapshot.number, full);
            } else if (now - snapshot.openedAt > timeout.toNanos()) {
                giveUp(snapshot.number, "it is not complete after " + timeout.toMillis() / 1e3
                        + " s; " + said(awaited));
            } else {
                nodes.tell(snapshot.asker, awaited);
            }
        }
        long all = 0;
        for (long one : received) {
            all += one;
        }
        if (all != sum) {
            sum = all;
            tellAll(new Progress(all));
        }
    }

    private static String said(Awaited awaited) {
        List<String> parts = new ArrayList<>();
        if (!awaited.notRecorded().isEmpty()) {
            parts.add("not recorded: " + Joiner.on(' ').join(awaited.notRecorded()));
        }
        if (!awaited.markers().isEmpty()) {
            parts.add("marker awaited along channel " + Joiner.on(' ').join(awaited.markers()));
        }
        return parts.isEmpty() ? "all processes have recorded" : Joiner.on("; ").join(parts);
    }

    private @Nullable String blockageOrNull() {
        ImmutableList<Channel> cycle = blockage.cycle();
        return cycle.isEmpty() ? null : "the channels " + Joiner.on(", ").join(cycle)
                + " are full, in a cycle: each process waits until the next one receives";
    }

    /** A node cannot be reached at the moment: what is open is given up. */
    void unreachable(int node) {
        unreachable.add(node);
        giveUpAll(unreachableCause(node));
    }

    private String unreachableCause(int node) {
        ImmutableSortedSet<Channel> channels = layout.channelsBetween(node);
        return "node " + Names.shown(layout.nodes().get(node)) + " is unreachable"
                + (channels.isEmpty() ? "" : ", and with it channel " + channels.first());
    }

    /** A node can be reached again. */
    void reachable(int node) {
        unreachable.remove(node);
    }

    /** No snapshot can be recorded any more. */
    void broken(Broken cause) {
        if (broken == null) {
            broken = cause;
            giveUpAll(cause.sentence());
            tellAll(cause);
        }
    }

    private void giveUpAll(String cause) {
        ImmutableList.copyOf(open.keySet()).forEach(number -> giveUp(number, cause));
    }

    private void giveUp(long number, String cause) {
        if (open.remove(number) != null) {
            tellAll(new GiveUp(number, cause));
        }
    }

    private void tellAll(Control message) {
        for (int i = 0; i < layout.nodes().size(); i++) {
            nodes.tell(i, message);
        }
    }
}
