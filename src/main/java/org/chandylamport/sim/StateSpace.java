package org.chandylamport.sim;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Marker;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.jspecify.annotations.Nullable;

/**
 * The states of a system as vectors of small numbers, and its step function on them.
 *
 * <p>A vector has a number for the state of each process, then one for the contents of each
 * channel. The core is deterministic, and a step concerns one process: each different step of a
 * process is performed by the core once, and remembered.
 */
final class StateSpace<S, M> {

    private final Invariants<S, M> invariants;
    private final Steps<S, M> steps;
    private final ImmutableList<Action> actions;
    private final List<ProcessId> processes;
    private final List<Channel> channels;
    private final List<SnapshotId> snapshots;
    private final int[] actors;
    private final int[] sources;
    private final boolean[] takesMarker;
    private final Numbered<Object> items = new Numbered<>();
    private final List<Contents> contents = new ArrayList<>();
    private final List<Numbered<ProcessState<S, M>>> states = new ArrayList<>();
    private final List<List<@Nullable KnownStep[]>> known = new ArrayList<>();

    StateSpace(Setup<S, M> setup) {
        this.invariants = new Invariants<>(setup);
        this.steps = new Steps<>(setup);
        this.actions = setup.actions();
        this.processes = setup.topology().processes().asList();
        this.channels = setup.initial().channels().keySet().asList();
        this.snapshots = setup.initiators().keySet().asList();
        this.actors = new int[actions.size()];
        this.sources = new int[actions.size()];
        this.takesMarker = new boolean[actions.size()];
        for (int a = 0; a < actions.size(); a++) {
            Channel source = Steps.source(actions.get(a));
            actors[a] = processes.indexOf(actions.get(a).process());
            sources[a] = source == null ? -1 : channels.indexOf(source);
            takesMarker[a] = actions.get(a) instanceof Action.ReceiveMarker;
        }
        channels.forEach(c -> contents.add(new Contents(items)));
        processes.forEach(p -> states.add(new Numbered<>()));
        processes.forEach(p -> known.add(new ArrayList<>()));
    }

    ImmutableList<Action> actions() {
        return actions;
    }

    /** How many numbers a vector has. */
    int width() {
        return processes.size() + channels.size();
    }

    /** The place of the acting process in a vector. */
    int actor(int action) {
        return actors[action];
    }

    int[] initial() {
        SystemState<S, M> initial = steps.initial();
        int[] vector = new int[width()];
        for (int p = 0; p < processes.size(); p++) {
            vector[p] = states.get(p).number(initial.process(processes.get(p)));
        }
        for (int c = 0; c < channels.size(); c++) {
            vector[processes.size() + c] =
                    contents.get(c).number(initial.channel(channels.get(c)));
        }
        return vector;
    }

    /** Computes the successor; returns false, and leaves it undefined, if there is none. */
    boolean successor(int[] before, int action, int[] after) {
        int source = sources[action];
        int item = -1;
        if (source >= 0) {
            item = contents.get(source).head(before[processes.size() + source]);
            if (item < 0 || items.value(item) instanceof Marker != takesMarker[action]) {
                return false;
            }
        }
        KnownStep step = step(before[actors[action]], action, item);
        if (step == KnownStep.NONE) {
            return false;
        }
        System.arraycopy(before, 0, after, 0, before.length);
        after[actors[action]] = step.after;
        if (source >= 0) {
            int place = processes.size() + source;
            after[place] = contents.get(source).tail(after[place]);
        }
        for (int i = 0; i < step.channels.length; i++) {
            int place = processes.size() + step.channels[i];
            after[place] = contents.get(step.channels[i]).append(after[place], step.items[i]);
        }
        return true;
    }

    private KnownStep step(int state, int action, int item) {
        List<@Nullable KnownStep[]> rows = known.get(actors[action]);
        while (rows.size() <= state) {
            rows.add(new KnownStep[0]);
        }
        int slot = action + (item + 1) * actions.size();
        @Nullable KnownStep[] row = rows.get(state);
        if (slot >= row.length) {
            row = Arrays.copyOf(row, slot + 1);
            rows.set(state, row);
        }
        KnownStep step = row[slot];
        if (step == null) {
            step = perform(state, action, item);
            row[slot] = step;
        }
        return step;
    }

    private KnownStep perform(int state, int action, int item) {
        int p = actors[action];
        ProcessState<S, M> before = states.get(p).value(state);
        Steps.Step<S, M> step = steps.step(
                before, actions.get(action), item < 0 ? null : items.value(item));
        if (step == null) {
            return KnownStep.NONE;
        }
        checkState(invariants.recordedOnce(alone(p, before), alone(p, step.after())),
                "RecordedOnce is violated:\n%s\nbecomes\n%s", before, step.after());
        return new KnownStep(states.get(p).number(step.after()),
                step.sent().stream().mapToInt(sent -> channels.indexOf(sent.channel())).toArray(),
                step.sent().stream().mapToInt(sent -> items.number(sent.item())).toArray());
    }

    private SystemState<S, M> alone(int p, ProcessState<S, M> state) {
        return new SystemState<>(
                ImmutableSortedMap.of(processes.get(p), state), ImmutableSortedMap.of());
    }

    /** The snapshots that are complete in a process with this state, a bit each. */
    long complete(int p, int state) {
        long complete = 0;
        for (SnapshotId s : states.get(p).value(state).complete().keySet()) {
            complete |= 1L << snapshots.indexOf(s);
        }
        return complete;
    }

    /** The state, or a part of it, with the processes and channels that have these places. */
    SystemState<S, M> state(int[] vector, int... places) {
        ImmutableSortedMap.Builder<ProcessId, ProcessState<S, M>> part =
                ImmutableSortedMap.naturalOrder();
        ImmutableSortedMap.Builder<Channel, ImmutableList<Object>> transit =
                ImmutableSortedMap.naturalOrder();
        for (int place : places) {
            int c = place - processes.size();
            if (c < 0) {
                part.put(processes.get(place), states.get(place).value(vector[place]));
            } else {
                transit.put(channels.get(c), contents.get(c).value(vector[place]));
            }
        }
        return new SystemState<>(part.buildOrThrow(), transit.buildOrThrow());
    }

    /** What the core did in one situation of one process. */
    private static final class KnownStep {

        /** The action is not enabled. */
        static final KnownStep NONE = new KnownStep(0, new int[0], new int[0]);

        final int after;
        final int[] channels;
        final int[] items;

        KnownStep(int after, int[] channels, int[] items) {
            this.after = after;
            this.channels = channels;
            this.items = items;
        }
    }
}
