package org.chandylamport.proof;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.chandylamport.model.Channel;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.chandylamport.sim.Counting;
import org.chandylamport.sim.Setup;
import org.chandylamport.spec.Model;

/**
 * The system of a model of {@code spec/}: the graph is one of {@code Graphs.tla}, the underlying
 * computation that of {@code Counting.tla}.
 *
 * @param messages how many are sent along each channel, at most
 */
record CountingSystem(Topology topology, int messages, ImmutableSet<SnapshotId> snapshots,
        ImmutableSet<ProcessId> initiators, boolean mayAbandon) {

    private static final Path GRAPHS = Path.of("spec", "Graphs.tla");
    private static final Pattern ENDS =
            Pattern.compile("\"([^\"]+)\" :> <<\"(\\w+)\", \"(\\w+)\">>");

    static CountingSystem of(Model model) {
        return new CountingSystem(
                topology(model.constant("Graph")),
                Integer.parseInt(model.constant("Messages")),
                words("\\d+", model.constant("SnapshotId")).stream()
                        .map(s -> new SnapshotId(Long.parseLong(s)))
                        .collect(ImmutableSet.toImmutableSet()),
                words("\\w+", model.constant("Initiating")).stream()
                        .map(ProcessId::new).collect(ImmutableSet.toImmutableSet()),
                Boolean.parseBoolean(model.constant("MayAbandon")));
    }

    private static List<String> words(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(MatchResult::group).toList();
    }

    /** The graph with this name, in quotes. */
    private static Topology topology(String graph) {
        String text;
        try {
            text = Files.readString(GRAPHS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Matcher matcher = Pattern.compile("Graph = " + graph + " ->([^\\[=]*)").matcher(text);
        checkArgument(matcher.find(), "%s has no graph %s", GRAPHS, graph);
        List<Channel> channels = ENDS.matcher(matcher.group(1)).results()
                .map(ends -> new Channel(ends.group(1),
                        new ProcessId(ends.group(2)), new ProcessId(ends.group(3))))
                .toList();
        return new Topology(channels.stream().flatMap(c -> Stream.of(
                c.from(), c.to())).distinct().toList(), channels);
    }

    /** The same system for the explorer. */
    Setup<Counting.State, Integer> setup() {
        Map<SnapshotId, ImmutableSet<ProcessId>> all = new TreeMap<>();
        snapshots.forEach(s -> all.put(s, initiators));
        Setup<Counting.State, Integer> setup =
                Setup.counting(topology, messages).withInitiators(all);
        return mayAbandon ? setup.withAbandon() : setup;
    }

    /** The n-th message of a channel. */
    private record Numbered(Channel channel, int n) {}

    /** How many messages p has sent along each channel, and received. */
    private record Counted(ProcessId p, List<Integer> sent, List<Integer> received) {}

    /** The same system for the formulas of the proof: what they leave open has its values. */
    Structure structure(Theory theory) {
        ImmutableList<ProcessId> processes = topology.processes().asList();
        ImmutableList<Channel> channels = ImmutableList.copyOf(topology.channels());
        List<Numbered> numbered = new ArrayList<>();
        for (Channel c : channels) {
            IntStream.rangeClosed(1, messages).forEach(n -> numbered.add(new Numbered(c, n)));
        }
        List<Counted> states = states();
        Structure structure = new Structure(theory);
        structure.sort("Process", names(processes));
        structure.sort("Channel", names(channels));
        structure.sort("Message", names(numbered));
        structure.sort("Snapshot", names(snapshots.asList()));
        List<String> names = new ArrayList<>(names(states));
        Collections.addAll(names, "NotRecorded", "Abandoned");
        structure.sort("State", names);
        structure.sort("Moment", List.of("before", "after"));

        structure.function("from", a -> processes.indexOf(channels.get(a[0]).from()));
        structure.function("to", a -> processes.indexOf(channels.get(a[0]).to()));
        structure.function("along", a -> channels.indexOf(numbered.get(a[0]).channel()));
        structure.relation("precedes", a ->
                numbered.get(a[0]).channel().equals(numbered.get(a[1]).channel())
                        && numbered.get(a[0]).n() < numbered.get(a[1]).n());
        structure.relation("Initiators", a -> initiators.contains(processes.get(a[1])));
        structure.relation("MayAbandon", a -> mayAbandon);
        structure.function("NotRecorded", a -> states.size());
        structure.function("Abandoned", a -> states.size() + 1);
        computation(structure, processes, numbered, states);
        return structure;
    }

    private void computation(Structure structure, List<ProcessId> processes,
            List<Numbered> numbered, List<Counted> states) {
        structure.function("InitialState", a -> states.indexOf(new Counted(processes.get(a[0]),
                zeros(topology.outgoing(processes.get(a[0])).size()),
                zeros(topology.incoming(processes.get(a[0])).size()))));
        structure.relation("InitialMessages", a -> false);
        structure.relation("Internals", a -> false);
        structure.relation("IsState", a -> a[1] < states.size()
                && states.get(a[1]).p().equals(processes.get(a[0])));
        structure.relation("Sent", a -> a[1] < states.size()
                && count(states.get(a[1]), numbered.get(a[0]), true) >= numbered.get(a[0]).n());
        structure.relation("Received", a -> a[1] < states.size()
                && count(states.get(a[1]), numbered.get(a[0]), false) >= numbered.get(a[0]).n());
        structure.relation("Sends", a -> a[1] < states.size() && a[2] < states.size()
                && states.get(a[2]).equals(next(states.get(a[1]), numbered.get(a[0]), true)));
        structure.relation("AfterReceive", a -> a[1] < states.size() && a[2] < states.size()
                && states.get(a[2]).equals(next(states.get(a[1]), numbered.get(a[0]), false)));
    }

    private static List<String> names(List<?> of) {
        return of.stream().map(Object::toString).toList();
    }

    private static List<Integer> zeros(int length) {
        return Collections.nCopies(length, 0);
    }

    /** Every state of every process. */
    private List<Counted> states() {
        List<Integer> counts = IntStream.rangeClosed(0, messages).boxed().toList();
        List<Counted> states = new ArrayList<>();
        for (ProcessId p : topology.processes()) {
            int outgoing = topology.outgoing(p).size();
            for (List<Integer> all : Sets.cartesianProduct(Collections.nCopies(
                    outgoing + topology.incoming(p).size(), ImmutableSet.copyOf(counts)))) {
                states.add(new Counted(p, List.copyOf(all.subList(0, outgoing)),
                        List.copyOf(all.subList(outgoing, all.size()))));
            }
        }
        return states;
    }

    /** Where the channel of a message is among those of the process, or -1. */
    private int place(Counted state, Numbered message, boolean sent) {
        return ImmutableList.copyOf(sent
                ? topology.outgoing(state.p()) : topology.incoming(state.p()))
                .indexOf(message.channel());
    }

    /** How many messages of its channel the process has sent, or received. */
    private int count(Counted state, Numbered message, boolean sent) {
        int place = place(state, message, sent);
        return place < 0 ? 0 : (sent ? state.sent() : state.received()).get(place);
    }

    /** The state after one message more, or null if it is not the next. */
    private Counted next(Counted state, Numbered message, boolean sent) {
        int place = place(state, message, sent);
        if (place < 0 || count(state, message, sent) != message.n() - 1) {
            return null;
        }
        List<Integer> counts = new ArrayList<>(sent ? state.sent() : state.received());
        counts.set(place, message.n());
        return sent ? new Counted(state.p(), counts, state.received())
                : new Counted(state.p(), state.sent(), counts);
    }
}
