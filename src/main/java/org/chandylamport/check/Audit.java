package org.chandylamport.check;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.annotations.VisibleForTesting;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Lists;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event;
import org.chandylamport.model.Event.Abandon;
import org.chandylamport.model.Event.Environment;
import org.chandylamport.model.Event.Receive;
import org.chandylamport.model.Event.ReceiveMarker;
import org.chandylamport.model.Event.RecordState;
import org.chandylamport.model.Event.Send;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;

/**
 * The first oracle, the cut: whether a trace is a computation, and whether each snapshot of it is
 * the global state at a consistent cut, made by its RecordState events (the paper, section 3.2).
 *
 * <p>It streams. What it keeps grows with the messages in transit, the events that wait, and the
 * open snapshots; an event costs the same however many snapshots are open. A snapshot that was
 * given up may be claimed nevertheless, and is open until all that it may claim has been seen. But
 * while more than {@link #limit} events, states and messages are kept, those given up first lose
 * what is kept for them; a Snapshot line that comes too late for it is incomplete.
 *
 * <p>A process may be given as lost: it crashed, and the end of its log may be missing. What was
 * received from it beyond its log is then taken as sent after its log, and so after all that it is
 * known to have recorded; verdicts say so.
 *
 * <p>An Aborted line without a Snapshot line takes all of the snapshot back. After Abandon events
 * alone, what the other events show is still held against it.
 */
public final class Audit<S, M> implements Oracle<S, M> {

    /** Once in so many events it is seen how much is kept. */
    @VisibleForTesting
    static final int SELDOM = 1 << 12;

    private static final int BYTES_KEPT = 1 << 12;

    private final Set<ProcessId> lost;
    private final long limit;
    private final Linearization<S, M> order;
    private final Map<ProcessId, Progress> processes = new HashMap<>();
    private final Map<Channel, Transit<M>> channels = new HashMap<>();
    private final List<Progress> processList = new ArrayList<>();
    private final List<Transit<M>> channelList = new ArrayList<>();
    private final SortedMap<SnapshotId, Cut> cuts = new TreeMap<>();
    /** Those that were given up, in this order, and not relinquished. */
    private final Set<Cut> givenUp = new LinkedHashSet<>();
    private long events;

    /**
     * An audit of computations of this system.
     *
     * @throws IllegalArgumentException if the initial state lacks a process, or a lost process is
     *     not one of the topology's
     */
    public Audit(Topology topology, GlobalState<S, M> initial, Set<ProcessId> lost) {
        this(topology, initial, lost, limit());
    }

    @VisibleForTesting
    Audit(Topology topology, GlobalState<S, M> initial, Set<ProcessId> lost, long limit) {
        this.limit = limit;
        this.lost = ImmutableSortedSet.copyOf(lost);
        lost.forEach(topology::require);
        order = new Linearization<>(topology, initial, this::judge);
        for (Channel c : topology.channels()) {
            Transit<M> transit = new Transit<>(c, channelList.size(),
                    initial.channels().getOrDefault(c, ImmutableList.of()));
            channels.put(c, transit);
            channelList.add(transit);
        }
        for (ProcessId p : topology.processes()) {
            S state = initial.processes().get(p);
            checkArgument(state != null, "%s has no initial state", p);
            Progress progress = new Progress(p, processList.size(), requireNonNull(state),
                    transits(topology.incoming(p)), transits(topology.outgoing(p)));
            processes.put(p, progress);
            processList.add(progress);
        }
    }

    /** How much is kept for snapshots that were given up: one for each 4 KiB of the heap. */
    public static long limit() {
        return Runtime.getRuntime().maxMemory() / BYTES_KEPT;
    }

    @Override
    public void event(Event<S, M> event) {
        order.add(event);
        if (++events % SELDOM == 0) {
            relinquish();
        }
    }

    @Override
    public void snapshot(Snapshot<S, M> part) {
        part.initiators().forEach(this::progress);
        part.state().processes().keySet().forEach(this::progress);
        part.state().channels().keySet().forEach(this::transit);
        Cut cut = cut(part.id());
        cut.claim(part.initiators());
        part.state().processes().forEach((p, state) ->
                cut.claimState(progress(p), requireNonNull(state)));
        part.state().channels().forEach((c, content) -> cut.claimContent(transit(c), content));
    }

    @Override
    public void aborted(SnapshotId snapshot, String cause) {
        Cut cut = cut(snapshot);
        cut.abort(cause);
        givenUp.add(cut);
    }

    @Override
    public void ended(ProcessId p) {
        order.ended(p);
    }

    @Override
    public SortedSet<ProcessId> awaited() {
        return order.awaited();
    }

    @Override
    public long inTransitTo(ProcessId p) {
        return order.inTransitTo(p);
    }

    @Override
    public long pending() {
        return order.pending();
    }

    @Override
    public long retained() {
        return order.pending()
                + channelList.stream().mapToLong(Transit::retained).sum()
                + cuts.values().stream().mapToLong(Cut::retained).sum();
    }

    /** How many snapshots are open: their positions are kept. */
    long open() {
        return cuts.values().stream().filter(Cut::isOpen).count();
    }

    @Override
    public Report finish() {
        order.end();
        for (Progress p : processList) {
            if (!lost.contains(p.process)) {
                p.recordedAlone();
            }
        }
        Violations violations = new Violations();
        List<String> assumptions = new ArrayList<>();
        channelList.forEach(c -> Judgement.judge(c, lost, violations, assumptions));
        return new Report(events, violations.list(), cuts.values().stream()
                .map(cut -> Judgement.of(cut, processList, channelList, lost, assumptions))
                .collect(ImmutableList.toImmutableList()));
    }

    /** Takes the next event of the linear order. */
    private void judge(Event<S, M> event) {
        Progress p = progress(event.process());
        if (event instanceof Environment<S, M> step) {
            boolean sameStep = false;
            if (event instanceof Send<S, M> send) {
                transit(send.channel()).send(send.message());
                sameStep = send.sameStep();
            } else if (event instanceof Receive<S, M> receive) {
                transit(receive.channel()).receive(receive.message());
            }
            p.advance(requireNonNull(step.state()), sameStep);
        } else if (event instanceof RecordState<S, M> record) {
            p.recordState(cut(record.snapshot()));
        } else if (event instanceof ReceiveMarker<S, M> receive) {
            p.receiveMarker(transit(receive.channel()), cut(receive.snapshot()));
        } else if (event instanceof Abandon<S, M> abandon) {
            Cut cut = cut(abandon.snapshot());
            p.abandon(cut);
            givenUp.add(cut);
        }
    }

    private void relinquish() {
        for (Iterator<Cut> i = givenUp.iterator(); i.hasNext() && retained() > limit;) {
            i.next().relinquish();
            i.remove();
        }
    }

    private ImmutableList<Transit<M>> transits(List<Channel> along) {
        return ImmutableList.copyOf(Lists.transform(along, this::transit));
    }

    private Progress progress(ProcessId p) {
        Progress progress = processes.get(p);
        if (progress == null) {
            throw new IllegalArgumentException("there is no process " + p);
        }
        return progress;
    }

    private Transit<M> transit(Channel c) {
        Transit<M> transit = channels.get(c);
        if (transit == null) {
            throw new IllegalArgumentException("there is no channel " + c);
        }
        return transit;
    }

    private Cut cut(SnapshotId snapshot) {
        return cuts.computeIfAbsent(snapshot, id -> new Cut(id, processList, channelList));
    }
}
