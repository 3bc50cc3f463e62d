package org.chandylamport.sim;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chandylamport.app.RandomSystem.Letter;
import org.chandylamport.app.RandomSystem.Memory;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event;
import org.chandylamport.model.Event.Receive;
import org.chandylamport.model.Event.ReceiveMarker;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;

/** What a run reached. */
record HardCases(boolean inTransit, boolean afterAnotherMarker,
        boolean inTwoSnapshots, boolean initiatorsMeet, boolean selfChannel,
        boolean parallelChannels) {

    static HardCases of(Simulator<Memory, Letter> run) {
        Set<Letter> seen = new HashSet<>();
        boolean twice = false;
        boolean self = false;
        boolean parallel = false;
        boolean transit = false;
        for (Snapshot<Memory, Letter> snapshot : run.snapshots().values()) {
            Map<List<ProcessId>, Integer> between = new HashMap<>();
            for (Channel c : snapshot.state().channels().keySet()) {
                List<Letter> letters = requireNonNull(snapshot.state().channels().get(c));
                for (Letter letter : letters) {
                    twice |= !seen.add(letter);
                }
                transit |= !letters.isEmpty();
                self |= !letters.isEmpty() && c.from().equals(c.to());
                parallel |= !letters.isEmpty()
                        && between.merge(List.of(c.from(), c.to()), 1, Integer::sum) > 1;
            }
        }
        return new HardCases(transit, recordsAfterAnotherMarker(run), twice,
                run.snapshots().values().stream().anyMatch(s -> s.initiators().size() > 1),
                self, parallel);
    }

    private static boolean recordsAfterAnotherMarker(Simulator<Memory, Letter> run) {
        Set<List<Object>> marked = new HashSet<>();
        Set<List<Object>> touched = new HashSet<>();
        for (Event<Memory, Letter> event : run.computation().events()) {
            if (event instanceof ReceiveMarker<Memory, Letter> marker) {
                marked.add(List.of(marker.process(), marker.snapshot(), marker.channel()));
                touched.add(List.of(marker.process(), marker.snapshot()));
            } else if (event instanceof Receive<Memory, Letter> receive
                    && run.snapshots().keySet().stream().anyMatch(s ->
                            touched.contains(List.of(receive.process(), s))
                            && !marked.contains(
                                    List.of(receive.process(), s, receive.channel())))) {
                return true;
            }
        }
        return false;
    }
}
