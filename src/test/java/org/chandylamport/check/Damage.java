package org.chandylamport.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;

/** Random damage to what a system recorded and logged, and whether it matters. */
final class Damage {

    private Damage() {}

    /** The state with one process or channel changed, or by chance the same. */
    static GlobalState<Integer, Integer> damaged(
            RandomRun run, GlobalState<Integer, Integer> state) {
        Map<ProcessId, Integer> processes = new TreeMap<>(state.processes());
        Map<Channel, List<Integer>> channels = new TreeMap<>(state.channels());
        if (channels.isEmpty() || run.random.nextInt(3) == 0) {
            processes.put(run.one(List.copyOf(processes.keySet())), run.random.nextInt(3));
            return GlobalState.of(processes, channels);
        }
        Channel c = run.one(List.copyOf(channels.keySet()));
        List<Integer> messages = new ArrayList<>(channels.get(c));
        int place = run.random.nextInt(messages.size() + 1);
        if (place == messages.size() || run.random.nextInt(3) == 0) {
            messages.add(place, run.random.nextInt(3));
        } else if (run.random.nextBoolean()) {
            messages.remove(place);
        } else {
            messages.add(messages.remove(place));
        }
        channels.put(c, messages);
        return GlobalState.of(processes, channels);
    }

    /** Some lines lost, doubled, or in another place. */
    static List<Event<Integer, Integer>> shaken(
            RandomRun run, List<Event<Integer, Integer>> log) {
        List<Event<Integer, Integer>> lines = new ArrayList<>(log);
        if (lines.isEmpty() || run.random.nextInt(3) == 0) {
            return lines;
        }
        Event<Integer, Integer> line = lines.remove(run.random.nextInt(lines.size()));
        for (int copies = run.random.nextInt(3); copies > 0; copies--) {
            lines.add(run.random.nextInt(lines.size() + 1), line);
        }
        return lines;
    }

    /** Whether performing whatever is possible performs everything. */
    static boolean isComputation(
            RandomRun run, Map<ProcessId, List<Event<Integer, Integer>>> logs) {
        Map<Channel, List<Integer>> inTransit = new HashMap<>();
        run.initial.channels().forEach((c, m) -> inTransit.put(c, new ArrayList<>(m)));
        Map<ProcessId, List<Event<Integer, Integer>>> left = new TreeMap<>();
        logs.forEach((p, log) -> left.put(p, new ArrayList<>(log)));
        boolean progress = true;
        while (progress) {
            progress = false;
            for (List<Event<Integer, Integer>> log : left.values()) {
                while (!log.isEmpty() && perform(log.get(0), inTransit)) {
                    log.remove(0);
                    progress = true;
                }
            }
        }
        return left.values().stream().allMatch(List::isEmpty);
    }

    private static boolean perform(
            Event<Integer, Integer> event, Map<Channel, List<Integer>> inTransit) {
        if (event instanceof Event.Send<Integer, Integer> send) {
            inTransit.get(send.channel()).add(send.message());
        } else if (event instanceof Event.Receive<Integer, Integer> receive) {
            List<Integer> messages = inTransit.get(receive.channel());
            if (messages.isEmpty() || !messages.get(0).equals(receive.message())) {
                return false;
            }
            messages.remove(0);
        }
        return true;
    }
}
