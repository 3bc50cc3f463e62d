package org.chandylamport.runtime;

import com.google.common.collect.ImmutableSortedMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.chandylamport.model.Channel;
import org.chandylamport.model.ProcessId;

/**
 * What holds a snapshot up, and for how long it has.
 *
 * @param notRecorded the processes that have not recorded their state, each with the time since the
 *     snapshot was initiated
 * @param markers the channels whose marker is awaited by a process that has recorded its state,
 *     each with the time since it did
 */
public record Awaiting(
        ImmutableSortedMap<ProcessId, Duration> notRecorded,
        ImmutableSortedMap<Channel, Duration> markers) {

    /** Nothing holds it up. */
    public static final Awaiting NOTHING =
            new Awaiting(ImmutableSortedMap.of(), ImmutableSortedMap.of());

    private static final int MOST_NAMED = 5;

    /**
     * In words, longest first, for instance: the state of r (for 2.000 s), the marker of r->p (for
     * 1.998 s), r->q (for 1.997 s). Names few, and then says how many more there are.
     */
    @Override
    public String toString() {
        List<String> kinds = new ArrayList<>();
        name("the state of ", notRecorded, kinds);
        name("the marker of ", markers, kinds);
        return kinds.isEmpty() ? "nothing any more" : String.join(", ", kinds);
    }

    private static <K> void name(String what, Map<K, Duration> awaited, List<String> kinds) {
        if (awaited.isEmpty()) {
            return;
        }
        String named = awaited.entrySet().stream()
                .sorted(Map.Entry.<K, Duration>comparingByValue().reversed())
                .limit(MOST_NAMED)
                .map(one -> one.getKey() + " (for " + seconds(one.getValue()) + ")")
                .collect(Collectors.joining(", ", what, ""));
        int more = awaited.size() - MOST_NAMED;
        kinds.add(more > 0 ? String.format(Locale.ROOT, "%s and %,d more", named, more) : named);
    }

    /** A time as this class writes it. */
    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f s", time.toNanos() / 1e9);
    }
}
