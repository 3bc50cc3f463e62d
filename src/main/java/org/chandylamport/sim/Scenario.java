package org.chandylamport.sim;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chandylamport.model.Channel;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;

/**
 * A story: a small system, and a schedule line by line, with what is to be expected of it.
 *
 * <pre>
 * # What it shows.
 * process p 100
 * process q 100
 * channel p -> q                      # Named p->q.
 * channel express: p -> q holds 5, 6  # With a name of its own, and messages in it.
 *
 * p sends 5 to q along express
 * p records 1
 * q receives marker from p along p->q
 * expect p = 95
 * expect express holds 5, 6, 5, marker 1
 * expect q awaits express for 1
 * expect snapshot 1 incomplete
 * </pre>
 *
 * <p>The verbs are those of {@link Verb}. A state that is a number is a balance: a send takes the
 * amount away, and a receive adds it. Any other state changes only where the line says
 * {@code becoming X}.
 *
 * <p>What is expected: {@code expect p = STATE}, {@code expect CHANNEL holds ITEMS} or
 * {@code nothing}, {@code expect p awaits CHANNELS for 1} or {@code nothing},
 * {@code expect snapshot 1: p = 95, q = 100, p->q = 5 6} (all processes, and all channels that are
 * not empty), {@code expect snapshot 1 incomplete}, {@code occurred} or {@code did not occur} (as a
 * global state of this very run), and {@code expect error TEXT} of the line before.
 */
public final class Scenario {

    private static final Pattern PROCESS = Pattern.compile("process (\\S+) (\\S+)");
    private static final Pattern CHANNEL = Pattern.compile(
            "channel (?:(?<name>\\S+): )?(?<from>\\S+) -> (?<to>\\S+)(?: holds (?<items>.+))?");
    private static final Pattern SNAPSHOT =
            Pattern.compile("\\S+ (?:records|abandons) (\\d+)");
    private static final Splitter ITEMS = Splitter.on(", ");

    private final String name;
    private final Map<ProcessId, String> processes = new TreeMap<>();
    private final Map<Channel, List<String>> channels = new TreeMap<>();
    private final ImmutableList<Line> story;

    /** A line of the story and where it stands, from 1. */
    record Line(int number, String text) {}

    private Scenario(String name, List<String> lines) {
        this.name = name;
        List<Line> told = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String text = lines.get(i).replaceFirst("(^|\\s)#.*", "");
            Line line = new Line(i + 1, text.strip().replaceAll("\\s+", " "));
            try {
                if (!line.text.isEmpty() && !declares(line.text)) {
                    told.add(line);
                }
            } catch (IllegalArgumentException e) {
                throw error(line, String.valueOf(e.getMessage()), e);
            }
        }
        this.story = ImmutableList.copyOf(told);
    }

    /** The story in a file. */
    public static Scenario read(Path file) throws IOException {
        return parse(file.toString(), Files.readString(file));
    }

    /**
     * The story in a text.
     *
     * @throws IllegalArgumentException if its head is wrong; names the line
     */
    public static Scenario parse(String name, String text) {
        return new Scenario(name, text.lines().toList());
    }

    private boolean declares(String line) {
        Matcher process = PROCESS.matcher(line);
        Matcher channel = CHANNEL.matcher(line);
        if (process.matches()) {
            ProcessId p = new ProcessId(process.group(1));
            checkArgument(processes.put(p, process.group(2)) == null, "%s is there already", p);
        } else if (channel.matches()) {
            ProcessId from = new ProcessId(channel.group("from"));
            ProcessId to = new ProcessId(channel.group("to"));
            for (ProcessId end : List.of(from, to)) {
                checkArgument(processes.containsKey(end), "there is no process %s so far", end);
            }
            Channel c = channel.group("name") == null
                    ? Channel.between(from, to)
                    : new Channel(requireNonNull(channel.group("name")), from, to);
            String items = channel.group("items");
            checkArgument(channels.put(c, items == null ? List.of() : ITEMS.splitToList(items))
                    == null, "%s is there already", c);
        } else {
            checkArgument(!line.startsWith("process ") && !line.startsWith("channel "),
                    "expected \"process NAME STATE\" or"
                            + " \"channel [NAME:] FROM -> TO [holds ITEMS]\"");
            return false;
        }
        return true;
    }

    /**
     * Performs the story, and holds its snapshots against all oracles.
     *
     * @return the run at its end
     * @throws IllegalArgumentException if something does not happen as told, or an oracle refutes a
     *     snapshot; names the file, and the line if it is one
     */
    public Simulator<String, String> run() {
        Topology topology = new Topology(processes.keySet(), channels.keySet());
        return new Narrator(this, topology, GlobalState.of(processes, channels)).tell();
    }

    ImmutableList<Line> story() {
        return story;
    }

    /** The snapshots that the story speaks of. */
    Set<SnapshotId> snapshots() {
        Set<SnapshotId> snapshots = new TreeSet<>();
        for (Line line : story) {
            Matcher matcher = SNAPSHOT.matcher(line.text);
            if (matcher.matches()) {
                snapshots.add(new SnapshotId(Long.parseLong(matcher.group(1))));
            }
        }
        return snapshots;
    }

    /** What is wrong with a line. */
    IllegalArgumentException error(Line line, String why, Throwable cause) {
        return new IllegalArgumentException(
                name + ":" + line.number + ": " + line.text + "\n  " + why, cause);
    }

    @Override
    public String toString() {
        return name;
    }
}
