package org.chandylamport.check;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import com.google.common.collect.ImmutableList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.chandylamport.model.Channel;
import org.chandylamport.model.ProcessId;
import org.chandylamport.check.Violation.Kind;

/** Violations in order, at most one of each kind for each process and each channel: the first. */
final class Violations {

    private static final Comparator<Violation> ORDER = comparing(Violation::kind)
            .thenComparing(Violation::process, nullsFirst(naturalOrder()))
            .thenComparing(Violation::channel, nullsFirst(naturalOrder()));
    private static final int QUOTED = 120;

    private final SortedSet<Violation> sorted = new TreeSet<>(ORDER);

    void add(Kind kind, ProcessId process, String explanation) {
        sorted.add(new Violation(kind, process, null, explanation));
    }

    void add(Kind kind, Channel channel, String explanation) {
        add(kind, channel, 0, explanation);
    }

    void add(Kind kind, Channel channel, long message, String explanation) {
        sorted.add(new Violation(kind, null, channel, message, explanation));
    }

    boolean hasOtherThan(Kind kind) {
        return sorted.stream().anyMatch(violation -> violation.kind() != kind);
    }

    boolean isEmpty() {
        return sorted.isEmpty();
    }

    ImmutableList<Violation> list() {
        return ImmutableList.copyOf(sorted);
    }

    /** A state or message as a sentence shows it: whole if it is short. */
    static String quote(Object value) {
        String text = value.toString();
        return text.length() <= QUOTED ? text : text.substring(0, QUOTED) + "...";
    }

    /**
     * How the messages that a snapshot holds in a channel differ from those that cross the cut.
     *
     * @param received how many messages were received before the cut: those that cross follow
     */
    static String difference(Channel c, List<?> recorded, List<?> crossing, long received) {
        if (recorded.size() != crossing.size()) {
            return "the snapshot holds " + recorded.size() + " messages in " + c + ", but "
                    + crossing.size() + " cross the cut: " + c.from() + " sent "
                    + (received + crossing.size()) + " before it recorded, and " + c.to()
                    + " received " + received + " before it recorded";
        }
        int place = firstDifference(recorded, crossing);
        return "the snapshot holds " + quote(recorded.get(place)) + " as message "
                + (received + place + 1) + " of " + c + ", but " + c.from() + " sent "
                + quote(crossing.get(place)) + " as that message";
    }

    /** The first place at which two different sequences differ. */
    static int firstDifference(List<?> one, List<?> other) {
        int place = 0;
        while (place < one.size() && place < other.size()
                && one.get(place).equals(other.get(place))) {
            place++;
        }
        return place;
    }
}
