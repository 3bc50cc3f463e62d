package org.chandylamport.sim;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Marker;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.jspecify.annotations.Nullable;

/**
 * Holds the invariants against many states, and each against a part of a state that it has not seen
 * yet. An invariant speaks of one process or one channel (TypeOK), or of one snapshot, one channel,
 * and what its ends have recorded: the rest of the state plays no part.
 */
final class Vigilance<S, M> {

    private final StateSpace<S, M> space;
    private final Invariants<S, M> invariants;
    private final ImmutableList<SnapshotId> snapshots;
    private final Numbered<Object> recorded = new Numbered<>();
    private final List<int[]> links = new ArrayList<>();
    private final List<List<StateTable>> seen = new ArrayList<>();
    private final List<List<int[]>> views = new ArrayList<>();
    private final int[] key = new int[3];

    Vigilance(Setup<S, M> setup, StateSpace<S, M> space) {
        this.space = space;
        this.invariants = new Invariants<>(setup);
        this.snapshots = setup.initiators().keySet().asList();
        List<ProcessId> names = setup.topology().processes().asList();
        List<Channel> channels = setup.initial().channels().keySet().asList();
        for (int c = 0; c < channels.size(); c++) {
            links.add(new int[] {names.indexOf(channels.get(c).from()),
                names.indexOf(channels.get(c).to()), names.size() + c});
            List<StateTable> tables = new ArrayList<>();
            snapshots.forEach(s -> tables.add(new StateTable(key.length, 0)));
            seen.add(tables);
        }
        for (int place = 0; place < space.width(); place++) {
            views.add(new ArrayList<>());
        }
    }

    /** The name of an invariant that does not hold after a step of the actor; null if all hold. */
    @Nullable String violated(int[] state, int actor) {
        if (isMisshapen(state, actor)) {
            return "TypeOK";
        }
        for (int c = 0; c < links.size(); c++) {
            int[] link = links.get(c);
            if (link[0] != actor && link[1] != actor) {
                continue;
            }
            if (isMisshapen(state, link[0]) || isMisshapen(state, link[1])
                    || isMisshapen(state, link[2])) {
                return "TypeOK";
            }
            for (int s = 0; s < snapshots.size(); s++) {
                for (int i = 0; i < key.length; i++) {
                    key[i] = views.get(link[i]).get(state[link[i]])[s];
                }
                if (seen.get(c).get(s).add(key)) {
                    String violated = invariants.violated(
                            space.state(state, Arrays.stream(link).distinct().toArray()));
                    if (violated != null) {
                        return violated;
                    }
                }
            }
        }
        return null;
    }

    /** Whether the value at this place is of no type; looks at each value once. */
    private boolean isMisshapen(int[] state, int place) {
        List<int[]> known = views.get(place);
        boolean isMisshapen = false;
        while (known.size() <= state[place]) {
            int[] one = state.clone();
            one[place] = known.size();
            SystemState<S, M> part = space.state(one, place);
            isMisshapen |= !invariants.typeOK(part);
            known.add(view(part));
        }
        return isMisshapen;
    }

    /** For each snapshot, what is recorded there, or how many of its markers are there. */
    private int[] view(SystemState<S, M> part) {
        int[] view = new int[snapshots.size()];
        Arrays.setAll(view, s -> part.channels().isEmpty()
                ? recorded.number(recorded(part.processes().values().asList().get(0), s))
                : markers(part.channels().values().asList().get(0), s));
        return view;
    }

    private Object recorded(ProcessState<S, M> process, int s) {
        Object recording = process.recording(snapshots.get(s));
        return recording != null ? recording : process.hasAbandoned(snapshots.get(s));
    }

    private int markers(ImmutableList<Object> contents, int s) {
        Marker marker = new Marker(snapshots.get(s));
        return (int) contents.stream().filter(marker::equals).count();
    }
}
