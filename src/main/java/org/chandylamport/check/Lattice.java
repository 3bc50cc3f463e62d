package org.chandylamport.check;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Lists;
import com.google.common.primitives.Ints;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Computation;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;

/**
 * The third oracle, the lattice: all global states that a computation could have passed through,
 * one for each consistent cut between the steps of its processes. There may be exponentially many:
 * it is for small computations, and stops at a limit.
 */
public final class Lattice<S, M> {

    private final History<S, M> history;
    private final List<int[]> cuts = new ArrayList<>();
    private final boolean complete;

    /**
     * The lattice of a computation, up to so many cuts; those with fewer steps come first. Events
     * of the algorithm do not matter.
     *
     * @throws IllegalArgumentException if the limit is not positive
     */
    public Lattice(Computation<S, M> computation, int limit) {
        checkArgument(limit > 0, "a lattice has at least one cut, so that %s is no limit", limit);
        history = new History<>(computation.topology(), computation.initial());
        computation.underlying().forEach(history::add);
        complete = enumerate(limit);
    }

    /** How many consistent cuts were found. */
    public int cuts() {
        return cuts.size();
    }

    /** Whether these are all. */
    public boolean isComplete() {
        return complete;
    }

    /** All global states found, each once for each cut that has it. */
    public List<GlobalState<S, M>> states() {
        return Lists.transform(cuts, this::stateAt);
    }

    /**
     * The first cut that has exactly this global state, as the number of events of each process
     * before it: if the lattice is complete, the least one. Empty if none found has it.
     */
    public Optional<ImmutableSortedMap<ProcessId, Long>> find(GlobalState<S, M> state) {
        return cuts.stream()
                .filter(cut -> stateAt(cut).equals(state))
                .findFirst()
                .map(history::cut);
    }

    /** Breadth first: each cut is found from those with one step less. */
    private boolean enumerate(int limit) {
        int[] start = new int[history.processes.size()];
        Set<List<Integer>> found = new HashSet<>();
        found.add(Ints.asList(start));
        cuts.add(start);
        for (int i = 0; i < cuts.size(); i++) {
            for (int p = 0; p < start.length; p++) {
                if (!isEnabled(cuts.get(i), p)) {
                    continue;
                }
                int[] next = cuts.get(i).clone();
                next[p]++;
                if (!found.add(Ints.asList(next))) {
                    continue;
                }
                if (cuts.size() == limit) {
                    return false;
                }
                cuts.add(next);
            }
        }
        return true;
    }

    private boolean isEnabled(int[] cut, int p) {
        if (cut[p] == history.steps(p)) {
            return false;
        }
        int c = history.step(p, cut[p]).received();
        return c == History.NONE || received(c, cut) < sent(c, cut);
    }

    private int sent(int c, int[] cut) {
        int p = history.sender[c];
        int sent = history.initially(c);
        for (int i = 0; i < cut[p]; i++) {
            for (int along : history.step(p, i).sent()) {
                sent += along == c ? 1 : 0;
            }
        }
        return sent;
    }

    private int received(int c, int[] cut) {
        int p = history.receiver[c];
        int received = 0;
        for (int i = 0; i < cut[p]; i++) {
            received += history.step(p, i).received() == c ? 1 : 0;
        }
        return received;
    }

    private GlobalState<S, M> stateAt(int[] cut) {
        ImmutableSortedMap.Builder<ProcessId, S> states = ImmutableSortedMap.naturalOrder();
        for (int p = 0; p < cut.length; p++) {
            states.put(history.processes.get(p), history.state(p, cut[p]));
        }
        ImmutableSortedMap.Builder<Channel, ImmutableList<M>> contents =
                ImmutableSortedMap.naturalOrder();
        for (int c = 0; c < history.channels.size(); c++) {
            contents.put(history.channels.get(c), ImmutableList.copyOf(
                    history.messages(c).subList(received(c, cut), sent(c, cut))));
        }
        return new GlobalState<>(states.buildOrThrow(), contents.buildOrThrow());
    }
}
