package org.chandylamport.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way in which a trace cannot be read, and what is said of it. */
class TraceErrorsTest {

    private static final String RECEIVE =
            "{'action':'Receive','process':'p','channel':'q->p','message':5}\n";
    private static final String NINE = "[111111111,222222222,333333333,444444444,555555555,";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            xyz | not JSON: Unrecognized token 'xyz': was expecting (JSON String, Number, Array, \
            Object or token 'null', 'true' or 'false') (column 1)
            {'action' | not JSON: Unexpected end-of-input within/between Object entries (column 10)
            {} {} | not JSON: something stands after the value (column 5)
            {'a':1,'a':1} | not JSON: key "a" stands twice (column 13)
            {'action':1,'action':1} | not JSON: key "action" stands twice (column 23)
            {'a':{'b':1,'b':2}} | not JSON: key "b" stands twice (column 18)
            7 | expected an object, not 7
            {'action':'Internal','process':'p'} | missing field "state"
            {'action':'Internal','state':1} | missing field "process"
            {'process':'p','state':1} | missing field "action"
            {'action':'Send','process':'p','channel':'p->q','mesage':1} | missing field "message"
            {'action':'Send','process':'p','message':1} | missing field "channel"
            {'action':'RecordState','process':'p'} | missing field "snapshot"
            {'action':'Snapshot','snapshot':1} | missing field "processes" or "channels"
            {'action':'Sned','process':'p'} | unknown action "Sned"; there are Internal, Send, \
            Receive, RecordState, ReceiveMarker, Abandon, Snapshot, Aborted
            {'action':'Abandon','process':'r','snapshot':1} | unknown process "r": the header does \
            not name it
            {'action':'Receive','process':'p','channel':'r','message':1} | \
            unknown channel "r": the \
            header does not name it
            {'action':'Send','process':'p','channel':'q->p','message':1} | \
            p cannot send along q->p, \
            which leads from q to p
            {'action':'Receive','process':'p','channel':'p->q','message':1} | \
            p cannot receive along \
            p->q, which leads from p to q
            {'action':'ReceiveMarker','process':'p','channel':'p->q','snapshot':1} | p cannot \
            receive along p->q, which leads from p to q
            {'action':1} | field "action" must be a string, not 1
            {'action':'Internal','process':['p'],'state':1} | \
            field "process" must be a string, not \
            ["p"]
            {'action':'RecordState','process':'p','snapshot':true} | field "snapshot" must be a \
            number or a string, not true
            {'action':'Send','process':'p','channel':'p->q','message':1,'sameStep':1} | field \
            "sameStep" must be true or false, not 1
            {'action':'Send','process':'p','channel':'p->q','message':1,'samestep':true} | unknown \
            field "samestep"; it is written "sameStep"
            {'action':'Internal','process':'p','state':1,'sameStep':true} | \
            "sameStep" belongs on a \
            Send, not on Internal
            {'action':'Send','process':'q','channel':'q->p','message':1,'sameStep':true} | \
            "sameStep" on a Send, but the line of q before it is no Internal, Receive or Send
            {'action':'Snapshot','snapshot':1,'processes':[]} | field "processes" must be an \
            object, not []
            {'action':'Snapshot','snapshot':1,'channels':{'p->q':1}} | field "p->q" must be an \
            array, not 1
            {'action':'Snapshot','snapshot':1,'channels':{'r':[]}} | unknown channel "r": the \
            header does not name it
            {'action':'Snapshot','snapshot':1,'processes':{},'initiators':'p'} | \
            field "initiators" \
            must be an array, not "p"
            {'action':'Snapshot','snapshot':1,'processes':{},'initiators':[1]} | \
            field "initiators" \
            must be an array of process names, not 1
            {'a_ction':1,'sta-te':1} | unknown field "a_ction"; it is written "action"
            {'action':'Internal','process':NINE,'state':1} | field "process" must be a string, \
            not [111111111,222222222,333333333,444444444,555555555,66666666]
            {'action':'Internal','process':TEN,'state':1} | field "process" must be a string, \
            not [111111111,222222222,333333333,444444444,555555555,666666...
            {'action':'Aborted','snapshot':1,'cause':5} | field "cause" must be a string, not 5
            {'action':'Internal','process':'p','state':1e99999999999} | not JSON: the number \
            1e99999999999 has an exponent beyond 1000000000 (column 57)
            NaN | not JSON: Non-standard token 'NaN' (column 4)
            """)
    void aLineSaysWhatIsWrong(String text, String problem) {
        String line = text.replace("NINE", NINE + "66666666]").replace("TEN", NINE + "666666666]");
        assertProblem("-:3: " + problem, TraceReaderTest.HEADER + RECEIVE + line + "\n");
        assertProblem("-:5: " + problem, TraceReaderTest.HEADER + RECEIVE + "\n\n" + line + "\n"
                + RECEIVE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {} | expected the header, which begins {"format":"chandy-lamport-trace","version":1
            {'format':'x'} | expected the header, which begins \
            {"format":"chandy-lamport-trace","version":1
            {'format':F} | missing field "version"
            {'format':F,'version':2} | field "version" must be 1, not 2
            {'format':F,'version':1} | missing field "processes"
            {'format':F,'version':1,'processes':{}} | missing field "channels"
            {'format':F,'version':1,'processes':1,'channels':{}} | field "processes" must be an \
            object, not 1
            {'format':F,'version':1,'processes':{'':1},'channels':{}} | a process has an empty name
            {'format':F,'version':1,'processes':{'p':1},'channels':{'':{'from':'p','to':'p'}}} | \
            a channel has an empty name
            {'format':F,'version':1,'processes':{'p':1},'channels':{'c':{'from':'p'}}} | missing \
            field "to"
            {'format':F,'version':1,'processes':{'p':1},'channels':{'c':{'from':'p','to':'q'}}} | \
            channel c ends at q, which "processes" does not name
            {'format':F,'version':1,'processes':{'p':1},'channels':{'c':1,'c':2}} | not JSON: key \
            "c" stands twice (column 89)
            {'format':F,'version':1,'processes':{'p':1},'channels':{'c':1}} | expected an object, \
            not 1
            {'format':F,'version':1,'processes':{},'channels':{},'cuts':'logged'} | field "cuts" \
            must be "unlogged" or absent, not "logged"
            """)
    void aHeaderSaysWhatIsWrong(String header, String problem) {
        assertProblem("-:1: " + problem, header.replace("F", "'chandy-lamport-trace'") + "\n");
    }

    @Test
    void aTraceWithoutAnyLineLacksItsHeader() {
        assertProblem("-:1: expected the header, but the trace is empty", "");
        assertProblem("-:1: expected the header, but the trace is empty", "\n \n");
    }

    @Test
    void aSecondHeaderIsRefused() {
        assertProblem("-:2: a second header: it stands on line 1 only, and each file of several is "
                + "named on its own", TraceReaderTest.HEADER + TraceReaderTest.HEADER);
    }

    @Test
    void invalidUtf8IsRefused() {
        assertProblem("-:2: this is not UTF-8",
                concat(TraceReaderTest.HEADER, new byte[] {'"', (byte) 0xc0, (byte) 0xaf, '\n'}));
        assertProblem("-:1: the last line is cut short: no newline ends it, and it is not UTF-8",
                "{}".getBytes(StandardCharsets.UTF_16LE));
        String header = "expected the header, which begins {\"format\":\"chandy-lamport-trace\","
                + "\"version\":1";
        assertProblem("-:1: " + header, "{}");
        assertProblem("-:2: expected an object, not \"\\u0000\"",
                TraceReaderTest.HEADER + "'\\u0000'\n");
        assertProblem("-:2: not JSON: Illegal character ((CTRL-CHAR, code 0)): only regular"
                + " white space (\\r, \\n, \\t) is allowed between tokens (column 6)",
                TraceReaderTest.HEADER + "1   \u0000\n");
    }

    @Test
    void aLineThatIsTooLongIsRefused() {
        byte[] line = new byte[Lines.LIMIT + 1];
        Arrays.fill(line, (byte) ' ');
        assertProblem("-:2: the line is longer than 16777216 bytes",
                concat(TraceReaderTest.HEADER, line));
        line[0] = '7';
        assertProblem("-:2: expected an object, not 7",
                concat(TraceReaderTest.HEADER, Arrays.copyOf(line, Lines.LIMIT)));
    }

    @Test
    void deepNestingIsRefused() {
        assertProblem("-:1: not JSON: values nest deeper than 500 (column 502)",
                "[".repeat(100_000) + "\n");
    }

    @Test
    void longNumbersAreRefused() {
        assertProblem("-:1: not JSON: a number of 1001 characters; 1000 are allowed (column 1002)",
                "1".repeat(1001) + "\n");
    }

    @Test
    void whatASentenceQuotesIsShortened() {
        String sentence = "unknown process \"NAME\": the header does not name it";
        String line = TraceReaderTest.HEADER
                + "{'action':'Internal','process':'NAME','state':1}\n";
        String name = "x".repeat(500 - sentence.length() + "NAME".length());
        assertProblem("-:2: " + sentence.replace("NAME", name), line.replace("NAME", name));
        assertProblem("-:2: " + sentence.replace("NAME", name + "x").substring(0, 500) + "...",
                line.replace("NAME", name + "x"));
        assertProblem("-:2: unknown action \"" + "x".repeat(484) + "...",
                TraceReaderTest.HEADER + "{'action':'" + "x".repeat(1_000_000) + "'}\n");
    }

    @Test
    void compressedDataThatIsCutBeforeTheFirstLineIsSaid() throws IOException {
        byte[] bytes = TraceReaderTest.gzip(TraceReaderTest.HEADER);
        assertProblem("-:1: the compressed data is cut short", Arrays.copyOf(bytes, 12));
    }

    @Test
    void whatIsNoFileIsSaid() {
        TraceException none = assertThrows(TraceException.class,
                () -> TraceReader.open("/no/such", new SnapshotNames(), Set.of()));
        assertEquals("/no/such: there is no such file", none.getMessage());
        assertEquals("/no/such", none.file());
        assertEquals(0, none.line());
        assertEquals("/tmp: it cannot be read: Is a directory", assertThrows(TraceException.class,
                () -> TraceReader.open("/tmp", new SnapshotNames(), Set.of())).getMessage());
    }

    private static void assertProblem(String expected, String trace) {
        assertProblem(expected, TraceReaderTest.bytes(trace));
    }

    private static void assertProblem(String expected, byte[] trace) {
        TraceException e = assertThrows(TraceException.class,
                () -> TraceReaderTest.read(trace, Set.of()));
        assertEquals(expected, e.getMessage());
    }

    private static byte[] concat(String text, byte[] bytes) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(TraceReaderTest.bytes(text));
        all.writeBytes(bytes);
        return all.toByteArray();
    }
}
