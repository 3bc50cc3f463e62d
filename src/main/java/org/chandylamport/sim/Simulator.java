package org.chandylamport.sim;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.HashBasedTable;
import com.google.common.collect.HashMultimap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import com.google.common.collect.SetMultimap;
import com.google.common.collect.Table;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Computation;
import org.chandylamport.model.Event;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.Marker;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.protocol.Assembly;
import org.chandylamport.protocol.Effects;
import org.chandylamport.protocol.Recording;
import org.jspecify.annotations.Nullable;

/**
 * A system under a schedule that the caller chooses, action by action. It keeps the computation so
 * far, and puts recordings together into snapshots.
 *
 * <p>Whatever goes wrong is a {@link ScheduleException}, with a line to replay.
 */
public final class Simulator<S, M> {

    private final Setup<S, M> setup;
    private final ImmutableList<Action> actions;
    private final Map<ProcessId, SimulatedProcess<S, M>> processes = new TreeMap<>();
    private final Map<Channel, Deque<Object>> channels = new TreeMap<>();
    private final Table<SnapshotId, ProcessId, Recording<S, M>> recordings =
            HashBasedTable.create();
    private final SetMultimap<SnapshotId, ProcessId> initiated = HashMultimap.create();
    private final SetMultimap<SnapshotId, ProcessId> abandoned = HashMultimap.create();
    private final Map<SnapshotId, Snapshot<S, M>> snapshots = new TreeMap<>();
    private final List<Event<S, M>> log = new ArrayList<>();
    private final List<Action> schedule = new ArrayList<>();
    private String origin = "";

    /** The system in its initial state. */
    public Simulator(Setup<S, M> setup) {
        this.setup = setup;
        this.actions = setup.actions();
        setup.initial().channels().forEach((c, messages) ->
                channels.put(c, new ArrayDeque<>(messages)));
        Collector collector = new Collector();
        setup.topology().processes().forEach(p -> processes.put(p, new SimulatedProcess<>(
                p, setup, (c, item) -> contents(c).add(item), collector)));
    }

    /** The actions that may be performed now, in the order of the specification. */
    public ImmutableList<Action> enabled() {
        return actions.stream().filter(this::isEnabled).collect(ImmutableList.toImmutableList());
    }

    /** Whether the action may be performed now. */
    public boolean isEnabled(Action action) {
        ProcessId p = action.process();
        if (action instanceof Action.RecordState record) {
            SnapshotId s = record.snapshot();
            return setup.initiators().containsKey(s)
                    && requireNonNull(setup.initiators().get(s)).contains(p)
                    && !recordings.contains(s, p)
                    && !abandoned.containsEntry(s, p);
        } else if (action instanceof Action.Abandon abandon) {
            Recording<S, M> recording = recordings.get(abandon.snapshot(), p);
            return setup.mayAbandon()
                    && !abandoned.containsEntry(abandon.snapshot(), p)
                    && (recording == null || !recording.isComplete());
        }
        return site(p).isEnabled(action, head(action));
    }

    /**
     * Performs the action.
     *
     * @throws IllegalArgumentException if it is not enabled
     * @throws ScheduleException if the process refuses or fails
     */
    public void perform(Action action) {
        checkArgument(isEnabled(action), "%s is not enabled after: %s", action, this);
        schedule.add(action);
        Object head = head(action);
        if (head != null) {
            contents(requireNonNull(Steps.source(action))).remove();
        }
        if (action instanceof Action.RecordState record) {
            initiated.put(record.snapshot(), record.process());
        } else if (action instanceof Action.Abandon abandon) {
            abandoned.put(abandon.snapshot(), abandon.process());
        }
        try {
            boolean effective = site(action.process()).perform(action, head);
            assert effective : action;
        } catch (RuntimeException | AssertionError e) {
            throw new ScheduleException(origin + e.getMessage(), schedule, e);
        }
    }

    /** Performs a schedule that {@link Action#line} wrote. */
    public void replay(String line) {
        Action.parse(line, setup.topology()).forEach(this::perform);
    }

    /** Performs random actions until none is enabled; the same ones for the same seed. */
    public void run(long seed) {
        run(seed, Long.MAX_VALUE);
    }

    /** Performs random actions until none is enabled, at most so many. */
    public void run(long seed, long limit) {
        origin = "seed " + seed + ": ";
        RandomSchedule random = new RandomSchedule(seed);
        ImmutableList<Action> enabled = enabled();
        for (long i = 0; i < limit && !enabled.isEmpty(); i++) {
            perform(random.choose(enabled));
            enabled = enabled();
        }
    }

    /** What the channel that the action receives from brings next; null for nothing. */
    private @Nullable Object head(Action action) {
        Channel c = Steps.source(action);
        return c == null ? null : contents(c).peek();
    }

    private SimulatedProcess<S, M> site(ProcessId p) {
        return requireNonNull(processes.get(setup.topology().require(p)));
    }

    private Deque<Object> contents(Channel c) {
        return requireNonNull(channels.get(c), c.name());
    }

    /** The computation so far. */
    public Computation<S, M> computation() {
        return new Computation<>(setup.topology(), setup.initial(), ImmutableList.copyOf(log));
    }

    /** The schedule so far. */
    public ImmutableList<Action> schedule() {
        return ImmutableList.copyOf(schedule);
    }

    /** The snapshots that are complete. */
    public ImmutableSortedMap<SnapshotId, Snapshot<S, M>> snapshots() {
        return ImmutableSortedMap.copyOf(snapshots);
    }

    /** Which processes have recorded their states; also where that was given up since. */
    public ImmutableSortedSet<ProcessId> recorded(SnapshotId s) {
        return ImmutableSortedSet.copyOf(recordings.row(s).keySet());
    }

    /** The global state of the underlying computation: markers are left out. */
    @SuppressWarnings("unchecked") // A channel carries markers and messages, nothing else.
    public GlobalState<S, M> state() {
        return GlobalState.of(
                Maps.transformValues(processes, site -> site.core().state()),
                Maps.transformValues(channels, contents -> contents.stream()
                        .filter(item -> !(item instanceof Marker))
                        .map(item -> (M) item)
                        .toList()));
    }

    /** What the channel holds: messages and {@link Marker}s, first sent first. */
    public ImmutableList<Object> channel(Channel c) {
        return ImmutableList.copyOf(contents(c));
    }

    /** The whole state of the system, that of the algorithm included. */
    public SystemState<S, M> systemState() {
        ImmutableSortedMap.Builder<ProcessId, ProcessState<S, M>> states =
                ImmutableSortedMap.naturalOrder();
        processes.forEach((p, site) -> states.put(p,
                ProcessState.of(site.core().value(), completeAt(p))));
        return new SystemState<>(states.buildOrThrow(),
                ImmutableSortedMap.copyOf(Maps.transformValues(channels, ImmutableList::copyOf)));
    }

    private Stream<Recording<S, M>> completeAt(ProcessId p) {
        return recordings.column(p).values().stream().filter(Recording::isComplete);
    }

    /** The seed, if there is one, and the schedule so far as a line to replay. */
    @Override
    public String toString() {
        return origin + Action.line(schedule);
    }

    /** Gathers what the processes record. */
    private final class Collector implements Effects<S, M> {

        @Override
        public void recording(Recording<S, M> recording) {
            recordings.put(recording.snapshot(), recording.process(), recording);
        }

        @Override
        public void complete(Recording<S, M> recording) {
            SnapshotId s = recording.snapshot();
            Map<ProcessId, Recording<S, M>> row = recordings.row(s);
            if (row.keySet().equals(setup.topology().processes())
                    && row.values().stream().allMatch(Recording::isComplete)) {
                snapshots.put(s, new Assembly(setup.topology()).join(
                        s, ImmutableSet.copyOf(initiated.get(s)),
                        ImmutableSortedMap.copyOf(row).values().asList()));
            }
        }

        @Override
        public Consumer<Event<S, M>> log() {
            return log::add;
        }
    }
}
