package org.chandylamport.runtime;

import static java.util.Comparator.reverseOrder;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chandylamport.model.Channel;
import org.chandylamport.model.ProcessId;

/**
 * What holds a snapshot up, and for how long it has.
 *
 * @param notRecorded the processes that have not recorded their state, each with the time since the
 *     snapshot was initiated
 * @param asked those of them that were asked to, as an initiator or by a marker, each with the
 *     channels along which a marker was sent to it, or is just being sent; the others are behind
 *     these
 * @param markers the channels whose marker is awaited by a process that has recorded its state,
 *     each with the time since it did
 */
public record Awaiting(
        ImmutableSortedMap<ProcessId, Duration> notRecorded,
        ImmutableSortedMap<ProcessId, ImmutableList<Channel>> asked,
        ImmutableSortedMap<Channel, Duration> markers) {

    /** Nothing holds it up. */
    public static final Awaiting NOTHING = new Awaiting(
            ImmutableSortedMap.of(), ImmutableSortedMap.of(), ImmutableSortedMap.of());

    private static final int MOST_NAMED = 5;

    /**
     * In words: of the processes first who was asked, of the channels first who is awaited longest;
     * for instance, the state of r (for 2.000 s, sent the marker along p->r), the marker of r->p
     * (for 1.998 s), r->q (for 1.997 s). Names few, and then says how many more there are.
     */
    @Override
    public String toString() {
        List<String> kinds = new ArrayList<>();
        if (!notRecorded.isEmpty()) {
            kinds.add("the state of " + few(notRecorded.entrySet().stream()
                    .sorted(Comparator.comparing(one -> !asked.containsKey(one.getKey())))
                    .map(one -> words(one, sentTo(one.getKey()))), notRecorded.size()));
        }
        if (!markers.isEmpty()) {
            kinds.add("the marker of " + few(markers.entrySet().stream()
                    .sorted(Map.Entry.comparingByValue(reverseOrder()))
                    .map(one -> words(one, "")), markers.size()));
        }
        return kinds.isEmpty() ? "nothing any more" : String.join(", ", kinds);
    }

    private static String words(Map.Entry<?, Duration> one, String more) {
        return one.getKey() + " (for " + seconds(one.getValue()) + more + ")";
    }

    private String sentTo(ProcessId p) {
        List<Channel> along = asked.getOrDefault(p, ImmutableList.of());
        return along.isEmpty() ? "" : ", sent the marker along "
                + few(along.stream().map(Channel::toString), along.size());
    }

    private static String few(Stream<String> names, int count) {
        String named = names.limit(MOST_NAMED).collect(Collectors.joining(", "));
        int more = count - MOST_NAMED;
        return more > 0 ? String.format(Locale.ROOT, "%s and %,d more", named, more) : named;
    }

    /** A time as this class writes it. */
    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f s", time.toNanos() / 1e9);
    }
}
