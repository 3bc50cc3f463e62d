package org.chandylamport.sim;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.Channel;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;

/**
 * A system and what may happen in it: the constants of the specification.
 *
 * @param underlying what each process may do
 * @param initial where the system starts; channels may hold messages, as in a restored system
 * @param initiators for each snapshot, who may record its state without a marker
 * @param mayAbandon whether a process may give a snapshot up
 */
public record Setup<S, M>(
        Topology topology,
        ImmutableSortedMap<ProcessId, Underlying<S, M>> underlying,
        GlobalState<S, M> initial,
        ImmutableSortedMap<SnapshotId, ImmutableSortedSet<ProcessId>> initiators,
        boolean mayAbandon) {

    /** @throws IllegalArgumentException if the parts do not have the same processes and channels */
    public Setup {
        checkArgument(underlying.keySet().equals(topology.processes())
                        && initial.processes().keySet().equals(topology.processes()),
                "each process needs a behavior and a state, and nobody else: %s", topology);
        checkArgument(initial.channels().keySet().equals(Set.copyOf(topology.channels())),
                "each channel needs contents, and no other: %s", topology);
        initiators.values().forEach(set -> set.forEach(topology::require));
    }

    /** A system without snapshots, in which all processes have one behavior. */
    public static <S, M> Setup<S, M> of(
            Topology topology, Behavior<S, M> behavior, GlobalState<S, M> initial) {
        return of(topology, p -> behavior, initial);
    }

    /** A system without snapshots, in which each process has a behavior of its own. */
    public static <S, M> Setup<S, M> of(
            Topology topology,
            Function<? super ProcessId, ? extends Behavior<S, M>> behaviors,
            GlobalState<S, M> initial) {
        return new Setup<>(
                topology,
                ImmutableSortedMap.copyOf(Maps.<ProcessId, Underlying<S, M>>asMap(
                        topology.processes(), p -> Underlying.of(behaviors.apply(p)))),
                initial,
                ImmutableSortedMap.of(),
                false);
    }

    /** The system in which processes count messages, up to so many a channel. */
    public static Setup<Counting.State, Integer> counting(Topology topology, int messages) {
        return of(topology, new Counting(messages), Counting.initial(topology));
    }

    /** The same system, in which these processes may initiate these snapshots. */
    public Setup<S, M> withInitiators(Map<SnapshotId, ? extends Set<ProcessId>> sets) {
        return new Setup<>(topology, underlying, initial,
                ImmutableSortedMap.copyOf(Maps.transformValues(sets, ImmutableSortedSet::copyOf)),
                mayAbandon);
    }

    /** The same system, in which each process may initiate the snapshots 1 to the given one. */
    public Setup<S, M> withSnapshots(int last) {
        ImmutableSortedMap.Builder<SnapshotId, Set<ProcessId>> all =
                ImmutableSortedMap.naturalOrder();
        for (int s = 1; s <= last; s++) {
            all.put(new SnapshotId(s), topology.processes());
        }
        return withInitiators(all.buildOrThrow());
    }

    /** The same system, in which a process may give a snapshot up. */
    public Setup<S, M> withAbandon() {
        return new Setup<>(topology, underlying, initial, initiators, true);
    }

    /** What the given process may do. */
    public Underlying<S, M> underlying(ProcessId p) {
        return requireNonNull(underlying.get(topology.require(p)));
    }

    /** Every action that may ever be performed, in the order of the specification. */
    public ImmutableList<Action> actions() {
        ImmutableList.Builder<Action> actions = ImmutableList.builder();
        topology.processes().forEach(p -> actions.add(new Action.Internal(p)));
        topology.channels().forEach(c -> actions.add(new Action.Send(c)));
        topology.channels().forEach(c -> actions.add(new Action.Receive(c)));
        initiators.forEach((s, set) ->
                set.forEach(p -> actions.add(new Action.RecordState(s, p))));
        topology.channels().forEach(c -> actions.add(new Action.ReceiveMarker(c)));
        if (mayAbandon) {
            initiators.keySet().forEach(s ->
                    topology.processes().forEach(p -> actions.add(new Action.Abandon(s, p))));
        }
        return actions.build();
    }
}
