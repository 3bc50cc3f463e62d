package org.chandylamport.sim;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import com.google.common.primitives.Longs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.chandylamport.model.Channel;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.Marker;
import org.chandylamport.model.Outbox;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.chandylamport.sim.Scenario.Line;
import org.jspecify.annotations.Nullable;

/** Performs a scenario, line by line. */
final class Narrator implements Underlying<String, String> {

    private static final int LATTICE_LIMIT = 10_000;
    private static final Pattern ERROR = Pattern.compile("expect error (.+)");
    private static final Pattern STATE = Pattern.compile("expect (\\S+) = (\\S+)");
    private static final Pattern HOLDS = Pattern.compile("expect (\\S+) holds (.+)");
    private static final Pattern AWAITS = Pattern.compile("expect (\\S+) awaits (.+) for (\\d+)");
    private static final Pattern SNAPSHOT = Pattern.compile(
            "expect snapshot (\\d+)(?:: (.+)| (incomplete|occurred|did not occur))");

    private final Scenario scenario;
    private final Topology topology;
    private final Simulator<String, String> run;
    private final Set<GlobalState<String, String>> occurred = new HashSet<>();
    private Verb.@Nullable Deed deed;

    Narrator(Scenario scenario, Topology topology, GlobalState<String, String> initial) {
        this.scenario = scenario;
        this.topology = topology;
        Setup<String, String> setup = Setup.of(topology, this, initial)
                .withInitiators(Maps.asMap(scenario.snapshots(), s -> topology.processes()));
        this.run = new Simulator<>(setup.withAbandon());
    }

    Simulator<String, String> tell() {
        occurred.add(run.state());
        ImmutableList<Line> story = scenario.story();
        for (int i = 0; i < story.size(); i++) {
            Line line = story.get(i);
            Matcher error = ERROR.matcher(i + 1 < story.size() ? story.get(i + 1).text() : "");
            try {
                perform(line);
            } catch (IllegalArgumentException | ScheduleException e) {
                String message = String.valueOf(e.getMessage());
                if (!error.matches() || !message.contains(error.group(1))) {
                    throw scenario.error(line, message, e);
                }
                i++;
                continue;
            }
            if (error.matches()) {
                throw scenario.error(story.get(i + 1), "nothing was wrong", new Throwable());
            }
        }
        try {
            Oracles.check(run, LATTICE_LIMIT);
        } catch (ScheduleException e) {
            throw new IllegalArgumentException(scenario + ": " + e.getMessage(), e);
        }
        return run;
    }

    private void perform(Line line) {
        if (line.text().startsWith("expect ")) {
            expect(line.text());
            return;
        }
        Verb.Deed told = Verb.read(line.text(), topology);
        checkArgument(told != null, "expected a process and what it does: steps, sends M to Q, "
                + "receives from P, receives marker from P, records S, abandons S");
        deed = requireNonNull(told);
        if (!run.isEnabled(deed.action())) {
            Channel source = Steps.source(deed.action());
            throw new IllegalArgumentException(source == null ? "it has no effect here"
                    : source + " holds " + items(run.channel(source)));
        }
        run.perform(deed.action());
        occurred.add(run.state());
    }

    private void expect(String line) {
        Matcher matcher = STATE.matcher(line);
        if (matcher.matches()) {
            ProcessId p = topology.require(new ProcessId(matcher.group(1)));
            same(matcher.group(2), requireNonNull(run.state().processes().get(p)));
            return;
        }
        matcher = HOLDS.matcher(line);
        if (matcher.matches()) {
            Channel c = topology.channel(matcher.group(1));
            checkArgument(c != null, "there is no channel %s", matcher.group(1));
            same(matcher.group(2), items(run.channel(requireNonNull(c))));
            return;
        }
        matcher = AWAITS.matcher(line);
        if (matcher.matches()) {
            SnapshotId s = new SnapshotId(Long.parseLong(matcher.group(3)));
            same(matcher.group(2), items(ImmutableList.copyOf(run.systemState().awaitingMarker(
                    s, topology.require(new ProcessId(matcher.group(1)))))));
            return;
        }
        matcher = SNAPSHOT.matcher(line);
        checkArgument(matcher.matches(),
                "expected \"expect\" and P = STATE, C holds ITEMS, P awaits CHANNELS for S, "
                        + "snapshot S: ..., snapshot S incomplete, occurred or did not occur, "
                        + "error TEXT (of the line before)");
        snapshot(new SnapshotId(Long.parseLong(matcher.group(1))), matcher.group(2),
                matcher.group(3));
    }

    private void snapshot(SnapshotId s, @Nullable String contents, @Nullable String claim) {
        Snapshot<String, String> snapshot = run.snapshots().get(s);
        if ("incomplete".equals(claim)) {
            checkArgument(snapshot == null, "but it is complete: %s", snapshot);
            return;
        }
        checkArgument(snapshot != null, "but snapshot %s is incomplete", s);
        GlobalState<String, String> state = requireNonNull(snapshot).state();
        if (contents != null) {
            same(contents, text(state));
        } else {
            checkArgument(occurred.contains(state) == "occurred".equals(claim),
                    "but it %s", occurred.contains(state) ? "occurred" : "did not occur");
        }
    }

    private static String text(GlobalState<String, String> state) {
        List<String> parts = new ArrayList<>();
        state.processes().forEach((p, value) -> parts.add(p + " = " + value));
        ImmutableSortedMap<Channel, ImmutableList<String>> channels = state.channels();
        channels.forEach((c, messages) -> {
            if (!messages.isEmpty()) {
                parts.add(c + " = " + Joiner.on(' ').join(messages));
            }
        });
        return Joiner.on(", ").join(parts);
    }

    private static String items(ImmutableList<?> items) {
        return items.isEmpty() ? "nothing" : items.stream()
                .map(item -> item instanceof Marker marker
                        ? "marker " + marker.snapshot() : item.toString())
                .collect(Collectors.joining(", "));
    }

    private static void same(String expected, String actual) {
        checkArgument(expected.equals(actual), "but it is: %s", actual);
    }

    // The underlying computation: whatever the line says.

    @Override
    public boolean canSend(String state, Channel c) {
        return true;
    }

    @Override
    public String message(String state, Channel c) {
        return requireNonNull(requireNonNull(deed).message());
    }

    @Override
    public String afterSend(String state, Channel c) {
        return after(state, message(state, c), -1);
    }

    @Override
    public String receive(String state, Channel c, String message, Outbox<String> outbox) {
        return after(state, message, 1);
    }

    @Override
    public boolean hasInternal(String state) {
        return true;
    }

    @Override
    public String internal(String state, Outbox<String> outbox) {
        return after(state, "0", 1);
    }

    private String after(String state, String message, int sign) {
        String becoming = requireNonNull(deed).becoming();
        Long balance = Longs.tryParse(state);
        Long amount = Longs.tryParse(message);
        return becoming != null ? becoming
                : balance == null || amount == null ? state
                : Long.toString(balance + sign * amount);
    }
}
