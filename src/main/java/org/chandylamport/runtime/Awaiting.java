package org.chandylamport.runtime;

import com.google.common.collect.ImmutableSortedMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    private static final int MOST_NAMED = 20;

    /**
     * In words, longest first, for instance: the state of r (for 2.000 s), the marker of r->p (for
     * 1.998 s). Names at most 20 processes and as many channels, and then says how many more.
     */
    @Override
    public String toString() {
        List<String> all = new ArrayList<>();
        name("the state of ", notRecorded, "processes", all);
        name("the marker of ", markers, "channels", all);
        return all.isEmpty() ? "nothing any more" : String.join(", ", all);
    }

    private static <K> void name(
            String what, Map<K, Duration> since, String things, List<String> words) {
        since.entrySet().stream()
                .sorted(Map.Entry.<K, Duration>comparingByValue().reversed())
                .limit(MOST_NAMED)
                .forEach(one -> words.add(
                        what + one.getKey() + " (for " + seconds(one.getValue()) + ")"));
        if (since.size() > MOST_NAMED) {
            words.add(what + (since.size() - MOST_NAMED) + " more " + things);
        }
    }

    /** A time as this class writes it. */
    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f s", time.toNanos() / 1e9);
    }
}
