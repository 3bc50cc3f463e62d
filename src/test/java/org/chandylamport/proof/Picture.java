package org.chandylamport.proof;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A counterexample as a reader sees it: the step; at each moment what is in the channels, and what
 * is recorded; and what is false.
 *
 * <pre>
 * before   p1 --c1--[ m2 (s1) m1 ]--> p2         the next to be received is at the right
 *          p1 is in x1
 *          p1 for s1: recorded x2, having sent m1
 * </pre>
 */
final class Picture {

    /** Moments of the underlying computation: their markers and recordings mean nothing. */
    private static final Set<String> BARE = Set.of("world", "nextWorld");

    /** Moments at which nothing is owed: what is owed is in its channel. */
    private static final Set<String> COARSE = Set.of("coarse", "nextCoarse");

    private final Structure structure;
    private final List<String> functions;

    private Picture(Structure structure, List<String> functions) {
        this.structure = structure;
        this.functions = functions;
    }

    static String of(Theory theory, Obligation obligation, Structure structure) {
        Explanation explanation = new Explanation(theory, structure, obligation);
        Picture picture = new Picture(structure, explanation.functions());
        List<String> lines = new ArrayList<>();
        explanation.step().ifPresent(step -> lines.add("step       " + step));
        Map<Integer, List<String>> moments = new LinkedHashMap<>();
        for (String name : picture.functions) {
            if (theory.functions().get(name).sort().equals("Moment")) {
                moments.computeIfAbsent(structure.table(name).get(), t -> new ArrayList<>())
                        .add(name);
            }
        }
        moments.forEach((t, names) -> lines.addAll(picture.moment(t, names)));
        lines.add("false      " + explanation.falsehood());
        return String.join("\n", lines);
    }

    private List<String> moment(int t, List<String> names) {
        boolean bare = BARE.containsAll(names);
        List<String> says = new ArrayList<>();
        all("Channel").forEach(c -> says.add(channel(t, c, names)));
        says.add(all("Process").map(p -> name("Process", p) + " is in "
                + structure.name("state", t, p)).collect(Collectors.joining(", ")));
        if (!bare) {
            all("Snapshot").forEach(s -> {
                all("Process").forEach(p -> says.add(recorded(t, s, p)));
                all("Channel").forEach(c -> says.addAll(recordedChannel(t, s, c)));
            });
        }
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < says.size(); i++) {
            lines.add(String.format("%-10s %s", i == 0 ? String.join(" = ", names) : "",
                    says.get(i)));
        }
        return lines;
    }

    private String channel(int t, int c, List<String> names) {
        boolean bare = BARE.containsAll(names);
        List<String> items = new ArrayList<>(messages(c)
                .filter(m -> sent(t, m) && !received(t, m))
                .map(m -> name("Message", m)).toList());
        markers(t, c).filter(s -> !bare).forEach(s -> {
            long place = messages(c).filter(m -> is("ahead", t, m, s)).count()
                    + markers(t, c).filter(r -> r != s && is("markerAhead", t, r, s, c)).count();
            items.add((int) Math.min(place, items.size()), "(" + name("Snapshot", s) + ")");
        });
        StringBuilder says = new StringBuilder(structure.name("from", c))
                .append(" --").append(name("Channel", c)).append("--[");
        Lists.reverse(items).forEach(item -> says.append(' ').append(item));
        says.append(" ]--> ").append(structure.name("to", c));
        if (functions.contains("owed") && !COARSE.containsAll(names)) {
            says.append(list(", owed: ", "Snapshot",
                    all("Snapshot").filter(s -> is("owed", t, s, c))));
        }
        return says.toString();
    }

    private Stream<Integer> markers(int t, int c) {
        return all("Snapshot").filter(s -> is("marker", t, s, c)).sorted(Comparator.comparing(
                s -> all("Snapshot").filter(r -> is("markerAhead", t, r, s, c)).count()));
    }

    private String recorded(int t, int s, int p) {
        int x = structure.table("recordedState").get(t, s, p);
        String of = name("Process", p) + " for " + name("Snapshot", s) + ": ";
        if (x == structure.table("NotRecorded").get()) {
            return of + "not recorded";
        }
        if (x == structure.table("Abandoned").get()) {
            return of + "abandoned";
        }
        return of + "recorded " + name("State", x)
                + list(", having sent ", "Message",
                        all("Message").filter(m -> sender(m) == p && is("Sent", m, x)))
                + list(", having received ", "Message",
                        all("Message").filter(m -> receiver(m) == p && is("Received", m, x)));
    }

    private List<String> recordedChannel(int t, int s, int c) {
        boolean awaits = is("awaitingMarker", t, s, c);
        String contents = list("", "Message", messages(c)
                .filter(m -> is("recordedChannel", t, s, m)));
        return !awaits && contents.isEmpty() ? ImmutableList.of()
                : ImmutableList.of(name("Channel", c) + " for " + name("Snapshot", s) + ": "
                        + (awaits ? "open" : "closed")
                        + (contents.isEmpty() ? "" : ", recorded " + contents));
    }

    private boolean sent(int t, int m) {
        return is("Sent", m, structure.table("state").get(t, sender(m)));
    }

    private boolean received(int t, int m) {
        return is("Received", m, structure.table("state").get(t, receiver(m)));
    }

    private int sender(int m) {
        return structure.table("from").get(structure.table("along").get(m));
    }

    private int receiver(int m) {
        return structure.table("to").get(structure.table("along").get(m));
    }

    /** The messages of a channel, first sent first. */
    private Stream<Integer> messages(int c) {
        return all("Message").filter(m -> structure.table("along").get(m) == c)
                .sorted((m, n) -> m.equals(n) ? 0 : is("precedes", m, n) ? -1 : 1);
    }

    private Stream<Integer> all(String sort) {
        return IntStream.range(0, structure.size(sort)).boxed();
    }

    private boolean is(String relation, int... arguments) {
        return structure.table(relation).get(arguments) != 0;
    }

    private String name(String sort, int element) {
        return structure.elements(sort).get(element);
    }

    private String list(String before, String sort, Stream<Integer> of) {
        String names = of.map(element -> name(sort, element)).collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : before + names;
    }
}
