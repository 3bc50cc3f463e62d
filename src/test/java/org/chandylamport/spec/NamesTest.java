package org.chandylamport.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Ascii;
import com.google.common.base.Splitter;
import com.google.common.collect.Iterables;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.chandylamport.sim.Action;
import org.chandylamport.sim.Invariants;
import org.chandylamport.sim.Verb;
import org.chandylamport.trace.SnapshotNames;
import org.chandylamport.trace.TraceException;
import org.chandylamport.trace.TraceLine;
import org.chandylamport.trace.TraceReader;
import org.chandylamport.trace.TraceWriter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The same word for a thing in the specification, in the code, in traces and in stories. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NamesTest {

    private static final Path CORE =
            Path.of("src/main/java/org/chandylamport/protocol/ChandyLamport.java");

    /** The public methods of the core that only show it, and that a driver may restore it with. */
    private static final Set<String> NO_ACTIONS =
            Set.of("state", "toString", "incoming", "value", "set");

    private static final ProcessId P = new ProcessId("p");
    private static final Channel C = new Channel("c", P, P);
    private static final SnapshotId S = new SnapshotId(1);

    /** An event for each action. */
    private static final List<Event<Integer, Integer>> EVENTS = List.of(
            new Event.Internal<>(P, 1),
            new Event.Send<>(C, 2, 3, false),
            new Event.Receive<>(C, 2, 4),
            new Event.RecordState<>(P, S),
            new Event.ReceiveMarker<>(C, S),
            new Event.Abandon<>(P, S));

    private String specification = "";

    /** The actions of the specification in the order in which they are defined. */
    private List<String> actions = List.of();

    @TempDir
    private Path folder;

    @BeforeAll
    void readTheSpecification() throws IOException {
        specification = Files.readString(Model.SPEC.resolve("ChandyLamport.tla"));
        Set<String> all = new TreeSet<>(disjuncts("Environment"));
        all.addAll(disjuncts("System"));
        actions = matches("(?m)^(\\w+)\\([\\w, ]+\\) ==", specification).filter(all::contains)
                .toList();
        assertEquals(all, Set.copyOf(actions), "each is defined in the module");
        assertTrue(actions.size() > 5, actions::toString);
    }

    @Test
    void anEventIsAnActionOfTheSpecification() {
        assertEquals(disjuncts("Environment"), Set.copyOf(records(Event.Environment.class)));
        assertEquals(disjuncts("System"), Set.copyOf(records(Event.System.class)));
        assertEquals(actions, EVENTS.stream().map(event -> event.getClass().getSimpleName())
                .toList());
    }

    @Test
    void theMethodsOfTheCoreAreTheActionsInTheirOrder() throws IOException {
        String core = Files.readString(CORE);
        List<String> methods = matches(
                "(?m)^    public (?!final |record )[\\w<>., ]+ (\\w+)\\(", core)
                .filter(method -> !NO_ACTIONS.contains(method))
                .toList();
        assertEquals(actions, methods.stream().map(NamesTest::capitalized).toList());
        int environment = core.indexOf("    // Environment: ");
        int system = core.indexOf("    // System: ");
        assertTrue(environment > 0 && system > 0, "the core has the sections of the specification");
        for (String action : actions) {
            int place = core.indexOf(" " + uncapitalized(action) + "(");
            assertTrue(place > environment, action);
            assertEquals(disjuncts("System").contains(action), place > system, action);
        }
    }

    @Test
    void anActionOfAScheduleHasTheArgumentsOfTheSpecification() {
        assertEquals(Set.copyOf(actions), Set.copyOf(records(Action.class)));
        for (Class<?> action : Action.class.getPermittedSubclasses()) {
            String name = action.getSimpleName();
            String initials = Arrays.stream(action.getRecordComponents())
                    .map(component -> component.getName().substring(0, 1))
                    .collect(Collectors.joining(", "));
            assertTrue(specification.contains("\n" + name + "(" + initials + ") =="),
                    () -> name + "(" + initials + ") is not what the specification has");
        }
    }

    @Test
    void aStoryHasOneVerbForEachActionInTheirOrder() {
        assertEquals(actions, Stream.of(Verb.values())
                .map(verb -> verb.action().getSimpleName()).toList());
    }

    @Test
    void aTraceWritesAndReadsTheActionsUnderTheirNames() throws Exception {
        Path file = folder.resolve("trace");
        Topology topology = new Topology(List.of(P), List.of(C));
        try (TraceWriter<Integer, Integer> writer =
                new TraceWriter<>(file, topology, GlobalState.initial(topology, 0))) {
            for (Event<Integer, Integer> event : EVENTS) {
                writer.event(event);
            }
        }
        List<String> lines = Files.readAllLines(file);
        assertEquals(actions, lines.stream().skip(1)
                .flatMap(line -> matches("^\\{\"action\":\"(\\w+)\"", line)).toList());
        Files.writeString(file, "{\"action\":\"Mark\"}\n", StandardOpenOption.APPEND);
        try (TraceReader reader = TraceReader.open(
                file.toString(), new SnapshotNames(), Set.of())) {
            for (String action : actions) {
                TraceLine line = reader.read();
                Event<?, ?> event = assertInstanceOf(TraceLine.EventLine.class, line).event();
                assertEquals(action, event.getClass().getSimpleName());
            }
            String message = assertThrows(TraceException.class, reader::read).getMessage();
            assertEquals(Iterables.concat(actions, List.of("Snapshot", "Aborted")).toString(),
                    "[" + message.substring(message.indexOf("; there are ") + 12) + "]",
                    "the reader says what it accepts");
        }
    }

    @Test
    void theLinesThatTlcValidatesHaveTheNamesOfTheActions() throws IOException {
        Set<String> all = new TreeSet<>(actions);
        all.add("Snapshot");
        assertEquals(all, matches("e\\.action = \"(\\w+)\"",
                Files.readString(Model.SPEC.resolve("Logged.tla")))
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** All but EventuallyRecorded, which is not about a state or a step, and what must not hold. */
    @Test
    void theInvariantsOfTheSpecificationAreThoseOfTheCode() throws IOException {
        String properties = Files.readString(Model.SPEC.resolve("Properties.tla"));
        List<String> holding = new ArrayList<>();
        for (String definition : Splitter.on("\n\n").split(
                properties.substring(0, properties.indexOf("\n---", 1)))) {
            if (!definition.contains("~>")) {
                matches("(?m)^(\\w+) ==$", definition).forEach(holding::add);
            }
        }
        assertEquals(new TreeSet<>(holding), Stream.of(Invariants.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers())
                        && method.getReturnType() == boolean.class)
                .map(method -> capitalized(method.getName()))
                .collect(Collectors.toCollection(TreeSet::new)));
        assertTrue(holding.size() > 5, holding::toString);
    }

    /** The actions that a definition of the form {@code Name == \/ ... \/ ...} names. */
    private Set<String> disjuncts(String name) {
        String start = "\n" + name + " ==\n";
        int from = specification.indexOf(start) + start.length();
        return matches("(\\w+)\\(", specification.substring(
                from, specification.indexOf("\n\n", from))).collect(Collectors.toSet());
    }

    private static List<String> records(Class<?> sealed) {
        return Stream.of(sealed.getPermittedSubclasses()).map(Class::getSimpleName).toList();
    }

    /** What the first group matches, everywhere. */
    private static Stream<String> matches(String pattern, String text) {
        List<MatchResult> results = Pattern.compile(pattern).matcher(text).results().toList();
        return results.stream().map(match -> match.group(1));
    }

    private static String capitalized(String name) {
        return Ascii.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private static String uncapitalized(String name) {
        return Ascii.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
