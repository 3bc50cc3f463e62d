package org.chandylamport.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceWriterTest {

    private static final ProcessId P = new ProcessId("p");
    private static final ProcessId Q = new ProcessId("q");
    private static final Channel PQ = Channel.between(P, Q);
    private static final Channel QP = Channel.between(Q, P);
    private static final Topology TOPOLOGY = Topology.complete(P, Q);
    private static final SnapshotId ONE = new SnapshotId(1);
    private static final String HEADER = "{\"format\":\"chandy-lamport-trace\",\"version\":1,"
            + "\"processes\":{\"p\":100,\"q\":100},\"channels\":{\"p->q\":{\"from\":\"p\","
            + "\"to\":\"q\"},\"q->p\":{\"from\":\"q\",\"to\":\"p\",\"messages\":[5]}}}";

    @TempDir Path folder;

    @Test
    void everyLineIsAsTheFormatHasIt() throws IOException {
        Path target = folder.resolve("trace.ndjson");
        try (TraceWriter<Integer, Integer> trace = open(target)) {
            trace.event(new Event.Internal<>(P, 100));
            trace.event(new Event.Send<>(PQ, 30, 70, false));
            trace.event(new Event.RecordState<>(P, ONE));
            trace.event(new Event.ReceiveMarker<>(PQ, ONE));
            trace.event(new Event.Receive<>(QP, 5, 75));
            trace.event(new Event.Send<>(PQ, 1, 75, true));
            trace.event(new Event.Abandon<>(P, ONE));
            trace.snapshot(new Snapshot<>(ONE, ImmutableSortedSet.of(P), GlobalState.of(
                    Map.of(P, 70, Q, 100), Map.of(PQ, List.of(30), QP, List.of(5)))));
            trace.aborted(new SnapshotId(2), "channel p->q: message 7 is missing");
        }
        assertEquals(List.of(HEADER,
                "{'action':'Internal','process':'p','state':100}",
                "{'action':'Send','process':'p','channel':'p->q','message':30,'state':70}",
                "{'action':'RecordState','process':'p','snapshot':1}",
                "{'action':'ReceiveMarker','process':'q','channel':'p->q','snapshot':1}",
                "{'action':'Receive','process':'p','channel':'q->p','message':5,'state':75}",
                "{'action':'Send','process':'p','channel':'p->q','message':1,'sameStep':true}",
                "{'action':'Abandon','process':'p','snapshot':1}",
                "{'action':'Snapshot','snapshot':1,'initiators':['p'],'processes':{'p':70,'q':100},"
                        + "'channels':{'p->q':[30],'q->p':[5]}}",
                "{'action':'Aborted','snapshot':2,'cause':'channel p->q: message 7 is missing'}"),
                Files.readAllLines(target).stream().map(s -> s.equals(HEADER)
                        ? s : s.replace('"', '\'')).toList());
    }

    @Test
    void recordsAndNestedValuesAreWrittenAsJson() throws IOException {
        record Account(String owner, List<Integer> amounts) {}

        record Empty() {}

        Path target = folder.resolve("records");
        Topology one = new Topology(List.of(P), List.of());
        try (TraceWriter<Object, Empty> trace =
                new TraceWriter<>(target, one, GlobalState.initial(one, new Empty()))) {
            trace.event(new Event.Internal<>(P, new Account("a\n\"é", List.of(1, 2))));
            trace.event(new Event.Internal<>(P, 5L));
        }
        assertEquals(List.of(
                "{\"action\":\"Internal\",\"process\":\"p\","
                        + "\"state\":{\"owner\":\"a\\n\\\"é\",\"amounts\":[1,2]}}",
                "{\"action\":\"Internal\",\"process\":\"p\",\"state\":5}"),
                Files.readAllLines(target).subList(1, 3));
    }

    @Test
    void theFileHasItsNameOnlyWhenItIsWhole() throws IOException {
        Path target = folder.resolve("t");
        Path beside = folder.resolve("t" + TraceWriter.UNFINISHED);
        TraceWriter<Integer, Integer> trace = open(target);
        trace.event(new Event.Internal<>(P, 1));
        trace.flush();
        assertFalse(Files.exists(target));
        assertEquals(2, Files.readAllLines(beside).size());
        trace.close();
        trace.close();
        assertEquals(2, Files.readAllLines(target).size());
        assertFalse(Files.exists(beside));
    }

    @Test
    void aLineThatCannotBeWrittenKeepsTheFileFromItsName() throws IOException {
        Path target = folder.resolve("t");
        Topology one = new Topology(List.of(P), List.of());
        try (TraceWriter<Object, Object> trace =
                new TraceWriter<>(target, one, GlobalState.initial(one, 0))) {
            Object unwritable = new Object() {
                @SuppressWarnings("unused")
                public int getAmount() {
                    throw new IllegalStateException("no amount");
                }
            };
            assertThrows(IOException.class,
                    () -> trace.event(new Event.Internal<>(P, unwritable)));
        }
        assertFalse(Files.exists(target));
        assertTrue(Files.exists(folder.resolve("t" + TraceWriter.UNFINISHED)));
    }

    @Test
    void aLineThatNoReaderTakesIsRefused() throws IOException {
        Topology one = new Topology(List.of(P), List.of());
        try (TraceWriter<String, String> trace =
                new TraceWriter<>(folder.resolve("t"), one, GlobalState.initial(one, ""))) {
            trace.event(new Event.Internal<>(P, "x".repeat(Lines.LIMIT - 100)));
            IOException e = assertThrows(IOException.class,
                    () -> trace.event(new Event.Internal<>(P, "x".repeat(Lines.LIMIT))));
            assertEquals("a line of the trace has 16,777,263 bytes,"
                    + " and no reader takes more than 16,777,216", e.getMessage());
        }
        assertFalse(Files.exists(folder.resolve("t")));
    }

    @Test
    void aLineOfTheLimitIsTakenByTheWriterAndByTheReader() throws Exception {
        Topology one = new Topology(List.of(P), List.of());
        Path target = folder.resolve("t");
        int rest = "{'action':'Internal','process':'p','state':''}\n".length();
        try (TraceWriter<String, String> trace =
                new TraceWriter<>(target, one, GlobalState.initial(one, ""))) {
            trace.event(new Event.Internal<>(P, "x".repeat(Lines.LIMIT - rest)));
            trace.event(new Event.Internal<>(P, "x".repeat(Lines.LIMIT - rest)));
        }
        try (TraceReader reader =
                TraceReader.open(target.toString(), new SnapshotNames(), Set.of())) {
            assertTrue(reader.read() instanceof TraceLine.EventLine);
            assertTrue(reader.read() instanceof TraceLine.EventLine);
        }
        try (TraceWriter<String, String> trace =
                new TraceWriter<>(target, one, GlobalState.initial(one, ""))) {
            assertThrows(IOException.class, () -> trace.event(
                    new Event.Internal<>(P, "x".repeat(Lines.LIMIT - rest + 1))));
        }
    }

    @Test
    void aTraceTakesThePlaceOfAnOlderOne() throws IOException {
        Path target = folder.resolve("t");
        Files.writeString(target, "older");
        TraceWriter<Integer, Integer> trace = open(target);
        assertEquals("older", Files.readString(target));
        trace.close();
        assertEquals(HEADER + "\n", Files.readString(target));
    }

    @Test
    void whatIsNoRegularFileIsWrittenDirectly() throws IOException {
        Path target = Files.createSymbolicLink(folder.resolve("t"), Path.of("/dev/null"));
        open(target).close();
        assertTrue(Files.isSymbolicLink(target));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(target), files.toList());
        }
    }

    @Test
    void aNameThatEndsInGzIsCompressed() throws IOException {
        Path target = folder.resolve("t.gz");
        open(target).close();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(target))) {
            assertEquals(HEADER + "\n", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void whatTheTopologyLacksIsRefused() throws IOException {
        try (TraceWriter<Integer, Integer> trace = open(folder.resolve("t"))) {
            ProcessId r = new ProcessId("r");
            assertThrows(IllegalArgumentException.class,
                    () -> trace.event(new Event.Internal<>(r, 1)));
            assertThrows(IllegalArgumentException.class,
                    () -> trace.event(new Event.Receive<>(Channel.between(r, P), 1, 1)));
        }
        assertThrows(IllegalArgumentException.class, () -> new TraceWriter<>(
                folder.resolve("u"), TOPOLOGY, GlobalState.of(Map.of(P, 1), Map.of())));
    }

    private static TraceWriter<Integer, Integer> open(Path target) throws IOException {
        return new TraceWriter<>(target, TOPOLOGY, GlobalState.of(
                Map.of(P, 100, Q, 100), Map.of(PQ, List.of(), QP, List.of(5))));
    }
}
