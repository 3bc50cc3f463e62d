package org.chandylamport.sim;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Every schedule of a small system. {@link #states} visits each distinct state once, breadth first,
 * and holds all invariants against it. {@link #histories} goes every way through the system.
 *
 * <p>States are told apart by value, as the specification tells them apart, so that both have the
 * same number of states and steps. What is wrong is a {@link ScheduleException} with the schedule
 * that leads there; breadth first, there is no shorter one.
 */
public final class Explorer<S, M> {

    private static final int PROGRESS_INTERVAL = 1 << 8;

    private final Setup<S, M> setup;
    private final @Nullable Consumer<Simulator<S, M>> complete;
    private final Consumer<Exploration> progress;

    /** An explorer that checks the invariants and nothing else. */
    public Explorer(Setup<S, M> setup) {
        this(setup, null, soFar -> {});
    }

    /**
     * An explorer that also hands over runs in which a snapshot is complete.
     *
     * @param complete is given, for each state in which a snapshot is complete, a run that leads
     *     there; or each history; null to save the time
     * @param progress is told from time to time what has been explored so far
     * @throws IllegalArgumentException if there are more than 64 snapshots
     */
    public Explorer(Setup<S, M> setup, @Nullable Consumer<Simulator<S, M>> complete,
            Consumer<Exploration> progress) {
        checkArgument(setup.initiators().size() <= Long.SIZE,
                "%s snapshots, where 64 can be explored", setup.initiators().size());
        this.setup = setup;
        this.complete = complete;
        this.progress = progress;
    }

    /** Visits each distinct state once. */
    public Exploration states() {
        return new Search().run();
    }

    /**
     * Goes every way from the initial state to one in which no action is enabled. There are many
     * more ways than states, and none may be endless.
     */
    public Exploration histories() {
        StateSpace<S, M> space = new StateSpace<>(setup);
        Histories histories = new Histories(space);
        histories.goOn(space.initial());
        return new Exploration(0, 0, 0, histories.count);
    }

    private Simulator<S, M> replay(List<Action> schedule) {
        Simulator<S, M> run = new Simulator<>(setup);
        schedule.forEach(run::perform);
        return run;
    }

    private static <S, M> boolean successor(StateSpace<S, M> space, int[] state, int action,
            int[] next, Supplier<List<Action>> path) {
        try {
            return space.successor(state, action, next);
        } catch (RuntimeException | AssertionError e) {
            List<Action> schedule = new ArrayList<>(path.get());
            schedule.add(space.actions().get(action));
            throw new ScheduleException(String.valueOf(e.getMessage()), schedule, e);
        }
    }

    /** Breadth first. A state is stored with the number of its predecessor and the action. */
    private final class Search {

        private final StateSpace<S, M> space = new StateSpace<>(setup);
        private final StateTable table = new StateTable(space.width(), 2);
        private final Vigilance<S, M> vigilance = new Vigilance<>(setup, space);
        private final int[] all = IntStream.range(0, space.width()).toArray();
        private long steps;
        private long completeStates;

        Exploration run() {
            int[] initial = space.initial();
            table.add(initial, -1, -1);
            for (int p = 0; p < setup.topology().processes().size(); p++) {
                check(initial, p, 0); // What no step has changed is seen here.
            }
            int[] state = new int[space.width()];
            int[] next = new int[space.width()];
            for (int number = 0; number < table.size(); number++) {
                int here = number;
                table.get(number, state);
                for (int action = 0; action < space.actions().size(); action++) {
                    if (successor(space, state, action, next, () -> pathTo(here))) {
                        steps++;
                        if (table.add(next, number, action)) {
                            check(next, space.actor(action), table.size() - 1);
                            checkComplete(next, table.size() - 1);
                        }
                    }
                }
                if (number % PROGRESS_INTERVAL == PROGRESS_INTERVAL - 1) {
                    progress.accept(soFar());
                }
            }
            return soFar();
        }

        private void check(int[] state, int actor, int number) {
            String violated = vigilance.violated(state, actor);
            if (violated != null) {
                throw new ScheduleException(violated + " is violated in\n"
                        + space.state(state, all), pathTo(number));
            }
        }

        private void checkComplete(int[] state, int number) {
            long completeEverywhere = -1;
            for (int p = 0; p < setup.topology().processes().size(); p++) {
                completeEverywhere &= space.complete(p, state[p]);
            }
            if (completeEverywhere != 0) {
                completeStates++;
                if (complete != null) {
                    Simulator<S, M> run = replay(pathTo(number));
                    assert run.systemState().equals(space.state(state, all)) : run;
                    complete.accept(run);
                }
            }
        }

        private ImmutableList<Action> pathTo(int number) {
            List<Action> path = new ArrayList<>();
            for (int at = number; at > 0; at = table.extra(at, 0)) {
                path.add(space.actions().get(table.extra(at, 1)));
            }
            return ImmutableList.copyOf(Lists.reverse(path));
        }

        private Exploration soFar() {
            return new Exploration(table.size(), steps, completeStates, 0);
        }
    }

    /** Depth first, without memory of states. */
    private final class Histories {

        private final StateSpace<S, M> space;
        private final List<Action> schedule = new ArrayList<>();
        private long count;

        Histories(StateSpace<S, M> space) {
            this.space = space;
        }

        void goOn(int[] state) {
            boolean ended = true;
            for (int action = 0; action < space.actions().size(); action++) {
                int[] next = new int[space.width()];
                if (successor(space, state, action, next, () -> schedule)) {
                    ended = false;
                    schedule.add(space.actions().get(action));
                    goOn(next);
                    schedule.remove(schedule.size() - 1);
                }
            }
            if (ended) {
                if (complete != null) {
                    complete.accept(replay(schedule));
                }
                if (++count % PROGRESS_INTERVAL == 0) {
                    progress.accept(new Exploration(0, 0, 0, count));
                }
            }
        }
    }
}
