package org.chandylamport.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.chandylamport.model.Event;
import org.chandylamport.model.ProcessId;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceReaderTest {

    static final String HEADER = "{'format':'chandy-lamport-trace','version':1,"
            + "'processes':{'p':100,'q':100},'channels':{'p->q':{'from':'p','to':'q'},"
            + "'q->p':{'from':'q','to':'p','messages':[5]}}}\n";
    private static final ProcessId P = new ProcessId("p");

    @Test
    void everyLineOfTheFormatsPageReads() throws TraceException {
        List<TraceLine> lines = read(HEADER
                + "{'action':'Internal','process':'p','state':90}\n"
                + "{'action':'Send','process':'p','channel':'p->q','message':30,'state':60}\n"
                + "{'action':'Send','process':'p','channel':'p->q','message':{},'sameStep':true}\n"
                + "\n \t\r\n"
                + "{'action':'Receive','process':'q','channel':'p->q','message':30,'state':130}\n"
                + "{'action':'Receive','process':'p','channel':'q->p','message':5}\n"
                + "{'action':'RecordState','process':'p','snapshot':1}\n"
                + "{'action':'ReceiveMarker','process':'q','channel':'p->q','snapshot':'one'}\n"
                + "{'action':'Abandon','process':'p','snapshot':1}\n"
                + "{'action':'Snapshot','snapshot':1,'processes':{'p':70,'q':100},"
                + "'channels':{'p->q':[30],'q->p':[5]},'initiators':['p']}\n"
                + "{'action':'Aborted','snapshot':2,'cause':'message 7 is missing'}");
        assertEquals(10, lines.size());
        assertEquals("[60, 60, 130, 60]", lines.subList(1, 5).stream()
                .map(line -> ((TraceLine.EventLine) line).event())
                .map(event -> ((Event.Environment<JsonNode, JsonNode>) event).state())
                .toList().toString());
        assertTrue(((TraceLine.SnapshotLine) lines.get(8)).part().initiators().contains(P));
    }

    @Test
    void theHeaderSaysWhatTheSystemIs() throws TraceException {
        Header header = open(HEADER, Set.of()).header();
        assertEquals("[p, q]", header.topology().processes().toString());
        assertEquals("{p=100, q=100 | q->p=[5]}", header.initial().toString());
        assertTrue(open(HEADER.replace("'version'", "'cuts':'unlogged','version'"), Set.of())
                .header().cutsUnlogged());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            1 | 1.0
            1 | 1e0
            10 | 1E+1
            0 | -0
            0 | -0.0
            0 | 0e999
            100000000000000000000 | 1e20
            1e999999999 | 10e999999998
            9223372036854775807 | 9223372036854775807.000
            1e1000000000 | 10e999999999
            -1e-1000000000 | -10e-1000000001
            1.50 | 15e-1
            {"a":1,"b":[2.0]} | {"b":[2],"a":1e0}
            "a" | "\\u0061"
            """)
    void equalAsJsonIsEqual(String one, String other) throws IOException {
        assertEquals(json(one), json(other));
        assertEquals(json(one).hashCode(), json(other).hashCode());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            1 | 2
            1 | "1"
            9223372036854775807 | 9223372036854775808
            -9223372036854775808 | 9223372036854775808
            4294967297 | 1
            0.1 | 0.10000000000000000001
            1e999999999 | 1e999999998
            9007199254740993 | 9007199254740992
            1 | true
            null | 0
            [1,2] | [2,1]
            """)
    void whatDiffersAsJsonDiffers(String one, String other) throws IOException {
        assertNotEquals(json(one), json(other));
    }

    @Test
    void integersOfAtMostAThousandDigitsAreShownAsSuch() throws IOException {
        assertEquals("1" + "0".repeat(999), json("1e999").toString());
        assertEquals("1E+1000", json("1e1000").toString());
        assertEquals("1".repeat(1000), json("1".repeat(1000)).toString());
    }

    @Test
    void hugeNumbersNeitherExpandNorHang() {
        String line = "{'action':'Internal','process':'p','state':["
                + "1e999999999,".repeat(100_000) + "1e-999999999]}";
        Assertions.assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            List<TraceLine> lines = read(HEADER + line);
            assertEquals(lines, read(HEADER + line));
            assertTrue(lines.get(0).toString().length() < 5_000_000);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 9, 12, 18, 30})
    void compressedOrNotIsKnownByTheBytes(int cut) throws IOException, TraceException {
        byte[] packed = gzip(HEADER + "{'action':'Abandon','process':'p','snapshot':1}\n");
        assertEquals(1, read(packed, Set.of()).size());
        assertThrows(TraceException.class,
                () -> read(Arrays.copyOf(packed, packed.length - cut), Set.of()));
    }

    @Test
    void compressedMembersAreReadOneAfterAnother() throws IOException, TraceException {
        byte[] first = gzip(HEADER);
        byte[] second = gzip("{'action':'Abandon','process':'p','snapshot':1}\n");
        // As in a pipe, nothing is available between the two.
        try (TraceReader reader = TraceReader.of(
                new SequenceInputStream(new ByteArrayInputStream(first),
                        new ByteArrayInputStream(second)),
                new SnapshotNames(), Set.of())) {
            assertTrue(reader.read() instanceof TraceLine.EventLine);
        }
    }

    @Test
    void everyPrefixWithinALineIsCutShortAndDroppedWhereItsProcessIsLost() throws TraceException {
        String first = "{'action':'Internal','process':'p','state':12}\n";
        String last = "{'action':'Internal','process':'p','state':[true,1e5,'é','a']}";
        byte[] bytes = bytes(HEADER + first + last);
        int whole = bytes(HEADER + first).length;
        for (int length = whole + 1; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            TraceException e = assertThrows(TraceException.class, () -> read(cut, Set.of()));
            assertTrue(e.getMessage().startsWith("-:3: the last line is cut short: no newline"),
                    e.getMessage());
            assertEquals(1, read(cut, Set.of(P)).size());
            assertThrows(TraceException.class, () -> read(cut, Set.of(new ProcessId("q"))));
        }
        assertEquals(2, read(bytes, Set.of()).size());
    }

    @Test
    void compressedDataThatIsCutShortIsDroppedWhereItsProcessIsLost() throws Exception {
        byte[] packed = gzip(HEADER + "{'action':'Abandon','process':'p','snapshot':1}\n");
        byte[] cut = Arrays.copyOf(packed, packed.length - 1);
        assertEquals(1, read(cut, Set.of(P)).size());
        TraceException e = assertThrows(TraceException.class,
                () -> read(cut, Set.of(new ProcessId("q"))));
        assertEquals("-:3: the compressed data is cut short", e.getMessage());
        assertEquals("-", e.file());
        assertEquals(3, e.line());
    }

    @Test
    void anAbortThatHasNoCauseSaysSo() throws TraceException {
        assertEquals("no cause is given", ((TraceLine.AbortedLine)
                read(HEADER + "{'action':'Aborted','snapshot':1}\n").get(0)).cause());
    }

    @Test
    void itsStreamIsClosedWithIt() throws TraceException {
        boolean[] isClosed = new boolean[1];
        TraceReader reader = TraceReader.of(new ByteArrayInputStream(bytes(HEADER)) {
            @Override
            public void close() {
                isClosed[0] = true;
            }
        }, new SnapshotNames(), Set.of());
        assertFalse(isClosed[0]);
        reader.close();
        assertTrue(isClosed[0]);
    }

    @Test
    void namesOfSnapshotsComeBack() throws IOException {
        SnapshotNames names = new SnapshotNames();
        for (String name : List.of("1", "\"1\"", "-1", "1.5", "\"a\"", "0", "1e30",
                "-9223372036854775808", "9223372036854775807")) {
            assertEquals(json(name), names.name(names.id(json(name))));
            assertEquals(names.id(json(name)), names.id(json(name)));
        }
        assertEquals("snapshot 1, snapshot \"a\"", names.inWords("snapshot "
                + names.id(json("1")) + ", snapshot " + names.id(json("\"a\""))));
    }

    static List<TraceLine> read(String text) throws TraceException {
        return read(bytes(text), Set.of());
    }

    static List<TraceLine> read(byte[] bytes, Set<ProcessId> lost) throws TraceException {
        List<TraceLine> lines = new ArrayList<>();
        try (TraceReader reader =
                TraceReader.of(new ByteArrayInputStream(bytes), new SnapshotNames(), lost)) {
            for (TraceLine line = reader.read(); line != null; line = reader.read()) {
                lines.add(line);
            }
        }
        return lines;
    }

    static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static TraceReader open(String text, Set<ProcessId> lost) throws TraceException {
        return TraceReader.of(new ByteArrayInputStream(bytes(text)), new SnapshotNames(), lost);
    }

    static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes(text));
        }
        return packed.toByteArray();
    }

    private static JsonNode json(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (JsonParser json = CanonicalJson.parser(bytes, 0, bytes.length)) {
            json.nextToken();
            return CanonicalJson.only(json);
        }
    }
}
