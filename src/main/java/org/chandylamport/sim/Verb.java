package org.chandylamport.sim;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chandylamport.model.Channel;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.jspecify.annotations.Nullable;

/** The verbs of a {@link Scenario}, one for each action, in the order of the specification. */
public enum Verb {
    /** {@code p steps}. */
    STEPS(Action.Internal.class, "(?<p>\\S+) steps" + Verb.BECOMING),
    /** {@code p sends 5 to q}. */
    SENDS(Action.Send.class, "(?<p>\\S+) sends (?<m>\\S+) to (?<q>\\S+)"
            + Verb.ALONG + Verb.BECOMING),
    /** {@code q receives from p}. */
    RECEIVES(Action.Receive.class, "(?<q>\\S+) receives from (?<p>\\S+)"
            + Verb.ALONG + Verb.BECOMING),
    /** {@code p records 1}. */
    RECORDS(Action.RecordState.class, "(?<p>\\S+) records (?<s>\\d+)"),
    /** {@code q receives marker from p}. */
    RECEIVES_MARKER(Action.ReceiveMarker.class,
            "(?<q>\\S+) receives marker from (?<p>\\S+)" + Verb.ALONG),
    /** {@code p abandons 1}. */
    ABANDONS(Action.Abandon.class, "(?<p>\\S+) abandons (?<s>\\d+)");

    private static final String ALONG = "(?: along (?<c>\\S+))?";
    private static final String BECOMING = "(?: becoming (?<x>\\S+))?";

    private final Class<? extends Action> action;
    private final Pattern pattern;

    Verb(Class<? extends Action> action, String pattern) {
        this.action = action;
        this.pattern = Pattern.compile(pattern);
    }

    /** The action that it is a verb for. */
    public Class<? extends Action> action() {
        return action;
    }

    /** What a line of a story says: an action, and what the schedule leaves open. */
    record Deed(Action action, @Nullable String message, @Nullable String becoming) {}

    /** What the line says, or null if it has none of the verbs. */
    static @Nullable Deed read(String line, Topology topology) {
        for (Verb verb : values()) {
            Matcher matcher = verb.pattern.matcher(line);
            if (matcher.matches()) {
                return verb.deed(matcher, topology);
            }
        }
        return null;
    }

    private Deed deed(Matcher line, Topology topology) {
        ProcessId p = topology.require(new ProcessId(line.group("p")));
        return switch (this) {
            case STEPS -> new Deed(new Action.Internal(p), null, line.group("x"));
            case SENDS -> new Deed(new Action.Send(channel(p, line, topology)),
                    line.group("m"), line.group("x"));
            case RECEIVES -> new Deed(new Action.Receive(channel(p, line, topology)),
                    null, line.group("x"));
            case RECORDS -> new Deed(new Action.RecordState(snapshot(line), p), null, null);
            case RECEIVES_MARKER -> new Deed(
                    new Action.ReceiveMarker(channel(p, line, topology)), null, null);
            case ABANDONS -> new Deed(new Action.Abandon(snapshot(line), p), null, null);
        };
    }

    private static SnapshotId snapshot(Matcher line) {
        return new SnapshotId(Long.parseLong(line.group("s")));
    }

    /** The one channel that leads from p to q, or that of several that the line names. */
    private static Channel channel(ProcessId p, Matcher line, Topology topology) {
        ProcessId q = topology.require(new ProcessId(line.group("q")));
        List<Channel> choices = topology.outgoing(p).stream()
                .filter(c -> c.to().equals(q))
                .toList();
        checkArgument(!choices.isEmpty(), "no channel leads from %s to %s", p, q);
        String name = line.group("c");
        if (name == null) {
            checkArgument(choices.size() == 1,
                    "several channels lead from %s to %s, choose one: %s", p, q, choices);
            return choices.get(0);
        }
        Channel named = topology.channel(name);
        checkArgument(named != null && choices.contains(named),
                "%s does not lead from %s to %s, but these do: %s", name, p, q, choices);
        return requireNonNull(named);
    }
}
