package org.chandylamport.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.chandylamport.check.Audit;
import org.chandylamport.check.Oracle;
import org.chandylamport.model.Event;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which files are read as one trace, in which order, and how many events may wait. */
class TraceFilesTest {

    private static final String HEADER = TraceReaderTest.HEADER.replace(",'messages':[5]", "");
    private static final String SEND =
            "{'action':'Send','process':'p','channel':'p->q','message':1}\n";
    private static final String RECEIVE =
            "{'action':'Receive','process':'q','channel':'p->q','message':1}\n";
    private static final String INTERNAL = "{'action':'Internal','process':'q','state':100}\n";
    private static final int MESSAGES = 5_000;
    private static final int BOUND = 500;
    /** So many lines are read before it is looked how many wait. */
    private static final int SELDOM = 1 << 16;

    @TempDir Path folder;

    /** p's log is short and q's is long: read at the same pace, p's would be far ahead. */
    @Test
    void aSenderIsNotReadFarAheadOfASlowReceiver() throws Exception {
        String p = write("p", HEADER + SEND.repeat(MESSAGES));
        String q = write("q", HEADER + (INTERNAL.repeat(10) + RECEIVE).repeat(MESSAGES));
        assertFewInTransit(List.of(p, q));
        assertFewInTransit(List.of(q, p));
    }

    /** At the same share of both logs, all that p sent is in transit until q begins to receive. */
    @Test
    void aSenderWaitsWhileItsReceiverDoesOtherThings() throws Exception {
        String p = write("p", HEADER + SEND.repeat(MESSAGES));
        String q = write("q",
                HEADER + INTERNAL.repeat(10 * MESSAGES) + RECEIVE.repeat(MESSAGES));
        assertFewInTransit(List.of(p, q), MESSAGES / 2);
    }

    @Test
    void moreEventsThatWaitThanTheLimitAreRefused() throws Exception {
        String file = write("t", HEADER + RECEIVE.repeat(SELDOM) + SEND.repeat(SELDOM));
        List<Long> progress = new ArrayList<>();
        try (TraceFiles trace = new TraceFiles(List.of(file), Set.of(), SELDOM - 1)) {
            TraceException e = assertThrows(TraceException.class,
                    () -> trace.readInto(oracle(trace), progress::add));
            assertEquals(file + ":" + (SELDOM + 1) + ": more than " + (SELDOM - 1) + " events wait"
                    + " for those of p, which come later: write one file a process and name them"
                    + " all, or write the lines in the order in which they happened",
                    e.getMessage());
        }
        assertEquals(List.of((long) SELDOM), progress);
    }

    @Test
    void asManyEventsThatWaitAsTheLimitAreTaken() throws Exception {
        String file = write("t", HEADER + RECEIVE.repeat(SELDOM) + SEND.repeat(SELDOM));
        List<Long> progress = new ArrayList<>();
        try (TraceFiles trace = new TraceFiles(List.of(file), Set.of(), SELDOM)) {
            assertTrue(trace.readInto(oracle(trace), progress::add).isClean());
        }
        assertEquals(List.of((long) SELDOM, 2L * SELDOM), progress);
        assertEquals(Runtime.getRuntime().maxMemory() / 1024, TraceFiles.limit());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "'q':100 | 'r':100 | it names other processes",
        "'p->q' | 'pq' | it names other channels",
        "'p':100 | 'p':99 | it gives p another initial state",
        "'to':'q' | 'to':'q','messages':[1] | it gives p->q other messages",
        "'version':1 | 'version':1,'cuts':'unlogged' | one of the two has \"cuts\""
    })
    void aHeaderThatDiffersIsRefused(String old, String other, String difference)
            throws Exception {
        String header = HEADER.replace(old, other);
        String one = write("one", HEADER);
        String two = write("two", old.equals("'q':100")
                ? header.replace("'from':'q'", "'from':'r'").replace("'to':'q'", "'to':'r'")
                : header);
        TraceException e = assertThrows(TraceException.class,
                () -> new TraceFiles(List.of(one, two), Set.of()).close());
        assertEquals(two + ":1: its header differs from that of " + one + ": " + difference,
                e.getMessage());
        new TraceFiles(List.of(two, two), Set.of()).close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "10 | p10, p11, p12, p13, p14, p15, p16, p17, p18, p19",
        "12 | p10, p11, p12, p13, p14, p15, p16, p17, p18, p19 and 2 others"
    })
    void aLostProcessThatIsNotNamedIsRefused(int processes, String names) throws Exception {
        String file = write("t", "{'format':'chandy-lamport-trace','version':1,'channels':{},"
                + "'processes':{" + IntStream.range(10, 10 + processes)
                        .mapToObj(i -> "'p" + i + "':0").collect(Collectors.joining(",")) + "}}\n");
        TraceException e = assertThrows(TraceException.class,
                () -> new TraceFiles(List.of(file), Set.of(new ProcessId("q"))).close());
        assertEquals(file + ":1: the header names no process q, which is said to be lost; it"
                + " names " + names, e.getMessage());
        new TraceFiles(List.of(file), Set.of(new ProcessId("p10"))).close();
    }

    @Test
    void progressIsTheShareOfTheFileThatHasBeenRead() throws Exception {
        String file = write("t", HEADER + SEND.repeat(MESSAGES));
        try (TraceReader reader = TraceReader.open(file, new SnapshotNames(), Set.of())) {
            long size = Files.size(Path.of(file));
            assertEquals((1 << 16) / (double) size, reader.progress());
            assertEquals(1, reader.line());
            while (reader.read() != null) {
                assertTrue(reader.progress() <= 1);
            }
            assertEquals(1, reader.progress());
            assertEquals(MESSAGES + 2, reader.line());
            assertEquals(file, reader.file());
        }
    }

    @Test
    void aProcessEndsWithTheLastLineOfItsFile() throws Exception {
        String p = write("p", HEADER + SEND);
        String q = write("q", HEADER + RECEIVE + INTERNAL);
        List<String> told = new ArrayList<>();
        try (TraceFiles trace = new TraceFiles(List.of(q, p), Set.of())) {
            trace.readInto(watched(oracle(trace), (name, arguments) -> {
                if (name.equals("event")) {
                    told.add(arguments[0].getClass().getSimpleName());
                } else if (name.equals("ended")) {
                    told.add(arguments[0] + " ended");
                }
            }), lines -> {});
        }
        assertEquals(List.of("Receive", "Send", "p ended", "Internal", "q ended"), told);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void noFileStaysOpen() throws Exception {
        String good = write("good", HEADER + SEND);
        TraceFiles unread = new TraceFiles(List.of(good), Set.of());
        assertEquals(Set.of(good), open());
        unread.close();
        assertEquals(Set.of(), open());
        TraceFiles read = new TraceFiles(List.of(good), Set.of());
        read.readInto(oracle(read), lines -> {});
        assertEquals(Set.of(), open());
        Path packed = Files.write(folder.resolve("gz"), new byte[] {0x1f, (byte) 0x8b});
        for (String bad : List.of(write("bad", "{}\n"), packed.toString())) {
            assertThrows(TraceException.class,
                    () -> new TraceFiles(List.of(good, bad), Set.of()).close());
            assertEquals(Set.of(), open());
        }
        Topology none = new Topology(List.of(), List.of());
        TraceWriter<Integer, Integer> writer = new TraceWriter<>(
                folder.resolve("none"), none, GlobalState.of(Map.of(), Map.of()));
        assertEquals(1, open().size());
        assertThrows(IllegalArgumentException.class,
                () -> writer.event(new Event.Internal<>(new ProcessId("p"), 1)));
        writer.close();
        assertEquals(Set.of(), open());
    }

    /** The files in the folder that this process has open. */
    private Set<String> open() throws IOException {
        Set<String> open = new TreeSet<>();
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            for (Path one : all.filter(Files::isSymbolicLink).toList()) {
                if (Files.exists(one) && Files.readSymbolicLink(one).startsWith(folder)) {
                    open.add(Files.readSymbolicLink(one).toString());
                }
            }
        }
        return open;
    }

    private static Audit<JsonNode, JsonNode> oracle(TraceFiles trace) {
        return new Audit<>(trace.header().topology(), trace.header().initial(), Set.of());
    }

    private static void assertFewInTransit(List<String> files) throws TraceException {
        assertFewInTransit(files, BOUND);
    }

    private static void assertFewInTransit(List<String> files, long bound) throws TraceException {
        ProcessId receiver = new ProcessId("q");
        long[] most = new long[1];
        try (TraceFiles trace = new TraceFiles(files, Set.of())) {
            Audit<JsonNode, JsonNode> audit = oracle(trace);
            assertTrue(trace.readInto(watched(audit, (name, arguments) ->
                    most[0] = Math.max(most[0], audit.inTransitTo(receiver))),
                    lines -> {}).isClean());
        }
        assertTrue(most[0] > 0 && most[0] < bound, most[0] + " messages in transit");
    }

    /** The same oracle, of which each method is told with its arguments before it is called. */
    @SuppressWarnings("unchecked")
    private static Oracle<JsonNode, JsonNode> watched(
            Oracle<JsonNode, JsonNode> oracle, BiConsumer<String, Object[]> calls) {
        return (Oracle<JsonNode, JsonNode>) Proxy.newProxyInstance(
                Oracle.class.getClassLoader(), new Class<?>[] {Oracle.class},
                (proxy, method, arguments) -> {
                    calls.accept(method.getName(), arguments);
                    return method.invoke(oracle, arguments);
                });
    }

    private String write(String name, String text) throws IOException {
        return Files.write(folder.resolve(name), TraceReaderTest.bytes(text)).toString();
    }
}
