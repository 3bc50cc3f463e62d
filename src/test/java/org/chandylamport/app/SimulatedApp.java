package org.chandylamport.app;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.chandylamport.sim.Action;
import org.chandylamport.sim.Setup;
import org.chandylamport.sim.Simulator;

/** An app under a random schedule, with snapshots now and then, and the true state at hand. */
final class SimulatedApp<S, M> {

    /** One step in so many initiates a snapshot. */
    private static final int RARITY = 20;

    private final Simulator<S, M> simulator;
    private final Random random;
    private final Map<SnapshotId, GlobalState<S, M>> atInitiation = new TreeMap<>();
    private final Map<SnapshotId, GlobalState<S, M>> atCompletion = new TreeMap<>();
    private long received;

    SimulatedApp(Topology topology, App<S, M> app, int snapshots, long seed) {
        simulator = new Simulator<>(
                Setup.of(topology, app::behavior, app.initial()).withSnapshots(snapshots));
        random = new Random(seed);
    }

    /** Performs one action; returns false where there is none. */
    boolean step() {
        List<Action> enabled = simulator.enabled();
        List<Action> others = enabled.stream().filter(a -> !isInitiation(a)).toList();
        List<Action> choice = others.isEmpty() || random.nextInt(RARITY) == 0 ? enabled : others;
        if (choice.isEmpty()) {
            return false;
        }
        Action action = choice.get(random.nextInt(choice.size()));
        GlobalState<S, M> before = simulator.state();
        simulator.perform(action);
        if (action instanceof Action.RecordState record) {
            atInitiation.putIfAbsent(record.snapshot(), before);
        }
        received += action instanceof Action.Receive ? 1 : 0;
        simulator.snapshots().keySet().forEach(
                s -> atCompletion.computeIfAbsent(s, id -> simulator.state()));
        return true;
    }

    private static boolean isInitiation(Action action) {
        return action instanceof Action.RecordState;
    }

    GlobalState<S, M> state() {
        return simulator.state();
    }

    long received() {
        return received;
    }

    Stream<Snapshot<S, M>> snapshots() {
        return simulator.snapshots().values().stream();
    }

    /** The state of the system when the snapshot was initiated. */
    GlobalState<S, M> atInitiation(Snapshot<S, M> snapshot) {
        return atInitiation.get(snapshot.id());
    }

    /** The state of the system when the snapshot was complete. */
    GlobalState<S, M> atCompletion(Snapshot<S, M> snapshot) {
        return atCompletion.get(snapshot.id());
    }

    @Override
    public String toString() {
        return simulator.toString();
    }
}
