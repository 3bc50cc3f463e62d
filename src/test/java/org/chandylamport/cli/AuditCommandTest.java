package org.chandylamport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command audit, from outside: traces good and damaged, what is said of them, exit status. */
class AuditCommandTest {

    private static final String HEADER = "{'format':'chandy-lamport-trace','version':1,"
            + "'processes':{'p':100,'q':100},'channels':{'p->q':{'from':'p','to':'q'},"
            + "'q->p':{'from':'q','to':'p','messages':[5]}}}";
    private static final String P_SENDS =
            "{'action':'Send','process':'p','channel':'p->q','message':30,'state':70}";
    private static final String P_RECORDS = "{'action':'RecordState','process':'p','snapshot':1}";
    private static final String P_RECEIVES =
            "{'action':'Receive','process':'p','channel':'q->p','message':5,'state':75}";
    private static final String P_MARKER =
            "{'action':'ReceiveMarker','process':'p','channel':'q->p','snapshot':1}";
    private static final String Q_RECEIVES =
            "{'action':'Receive','process':'q','channel':'p->q','message':30,'state':130}";
    private static final String Q_RECORDS = "{'action':'RecordState','process':'q','snapshot':1}";
    private static final String Q_MARKER =
            "{'action':'ReceiveMarker','process':'q','channel':'p->q','snapshot':1}";
    private static final String SNAPSHOT = "{'action':'Snapshot','snapshot':1,'initiators':['p'],"
            + "'processes':{'p':70,'q':130},'channels':{'p->q':[],'q->p':[5]}}";
    private static final List<String> GOOD = List.of(HEADER, P_SENDS, P_RECORDS, Q_RECEIVES,
            Q_RECORDS, Q_MARKER, P_RECEIVES, P_MARKER, SNAPSHOT);

    @TempDir Path folder;
    private String out = "";
    private String err = "";

    @Test
    void aGoodTraceIsConsistentAndTheResultIsAsTheFormatHasIt() throws IOException {
        assertEquals(0, audit(GOOD));
        assertEquals("{'events':7,'trace':{'verdict':'valid','violations':[]},'snapshots':"
                + "[{'snapshot':1,'verdict':'consistent','cut':{'p':1,'q':1},'violations':[]}]}\n",
                out.replace('"', '\''));
        assertEquals(0, run("audit", file("t", GOOD)));
        assertEquals("snapshot 1: consistent, cut after p 1, q 1\n"
                + "7 events; the trace is valid; 1 snapshot: 1 consistent\n", out);
        assertEquals("", err);
    }

    @Test
    void aMessageReceivedInsideTheCutAndSentOutsideIsAnOrphan() throws IOException {
        List<String> lines = new ArrayList<>(GOOD);
        lines.set(1, P_RECORDS);
        lines.set(2, P_SENDS);
        assertKind("inconsistent", "orphan-message", 1, lines);
        assertEquals(1, run("audit", file("t", lines)));
        assertTrue(out.contains("\n  orphan-message: q received "), out);
    }

    @Test
    void anotherRecordedStateThanTheOneAtTheCutIsRefuted() throws IOException {
        assertKind("inconsistent", "process-state", 1, replace(SNAPSHOT, "'p':70", "'p':71"));
    }

    @Test
    void otherRecordedMessagesThanThoseThatCrossTheCutAreRefuted() throws IOException {
        assertKind("inconsistent", "channel-state", 1, replace(SNAPSHOT, "[5]", "[6]"));
        assertKind("inconsistent", "channel-state", 1, replace(SNAPSHOT, "[5]", "[]"));
        assertKind("inconsistent", "channel-state", 1, replace(SNAPSHOT, "[5]", "[5,5]"));
    }

    @Test
    void recordingTwiceIsRefuted() throws IOException {
        List<String> lines = new ArrayList<>(GOOD);
        lines.add(7, P_RECORDS);
        assertKind("inconsistent", "recorded-twice", 1, lines);
    }

    @Test
    void aMarkerThatOvertakesAMessageIsRefuted() throws IOException {
        List<String> lines = new ArrayList<>(GOOD);
        lines.remove(Q_RECEIVES);
        lines.add(5, Q_RECEIVES);
        lines.set(8, SNAPSHOT.replace("'q':130", "'q':100").replace("'p->q':[]", "'p->q':[30]"));
        assertKind("inconsistent", "marker-rule", 1, lines);
    }

    @Test
    void aSecondMarkerIsRefuted() throws IOException {
        List<String> lines = new ArrayList<>(GOOD);
        lines.add(6, Q_MARKER);
        assertKind("inconsistent", "marker-rule", 1, lines);
    }

    @Test
    void aSnapshotWithoutAPartIsIncomplete() throws IOException {
        assertKind("incomplete", "not-recorded", 1, without(SNAPSHOT));
        assertKind("incomplete", "not-recorded", 1, replace(SNAPSHOT, ",'q':130", ""));
        assertKind("incomplete", "not-recorded", 1, replace(SNAPSHOT, "'p->q':[],", ""));
        List<String> lines = without(Q_RECORDS);
        lines.remove(Q_MARKER);
        assertKind("incomplete", "not-recorded", 1, lines);
    }

    @Test
    void anAbortedSnapshotClaimsNothing() throws IOException {
        List<String> lines = without(SNAPSHOT);
        lines.add("{'action':'Aborted','snapshot':1,'cause':'no time'}");
        assertEquals(0, audit(lines));
        assertTrue(out.contains("\"verdict\":\"aborted\""), out);
    }

    @Test
    void aMessageThatIsNotTheOneSentMakesTheTraceFaulty() throws IOException {
        assertEquals(1, audit(replace(Q_RECEIVES, "30", "31")));
        assertEquals("not-fifo", json().at("/trace/violations/0/kind").textValue());
        assertEquals("p->q", json().at("/trace/violations/0/channel").textValue());
        assertEquals(1, run("audit", file("t", replace(Q_RECEIVES, "30", "31"))));
        assertTrue(out.contains("\nthe trace is faulty: "), out);
    }

    @Test
    void aMessageThatNobodySentMakesTheTraceFaulty() throws IOException {
        List<String> lines = new ArrayList<>(GOOD);
        lines.add(P_RECEIVES);
        assertEquals(1, audit(lines));
        assertEquals("faulty", json().at("/trace/verdict").textValue());
        assertEquals("unsent", json().at("/trace/violations/0/kind").textValue());
    }

    @Test
    void aBlackBoxIsJudgedByWhatItRecordedAlone() throws IOException {
        List<String> lines = without(P_RECORDS);
        lines.removeAll(List.of(Q_RECORDS, P_MARKER, Q_MARKER));
        lines.set(0, HEADER.replace("'version'", "'cuts':'unlogged','version'"));
        assertEquals(0, run("audit", "--json", "--witness", file("t", lines)), out);
        assertEquals("{\"p\":1,\"q\":1}", json().at("/snapshots/0/cut").toString());
        assertEquals("{\"index\":2,\"events\":3}", json().at("/snapshots/0/witness").toString());
        lines.set(lines.size() - 1, SNAPSHOT.replace("'p':70", "'p':71"));
        assertKind("inconsistent", "unreachable", 1, lines);
    }

    @Test
    void theWitnessIsAnOrderThatMeetsTheSnapshot() throws IOException {
        assertEquals(0, run("audit", "--witness", file("t", GOOD)));
        assertEquals("""
                snapshot 1: consistent, cut after p 1, q 1
                  Theorem 1: the permuted computation is in this global state after 2 of its 3 \
                events
                    p sends 30 along p->q
                    q receives 30 along p->q
                    ---- here
                    p receives 5 along q->p
                7 events; the trace is valid; 1 snapshot: 1 consistent
                """, out);
    }

    @Test
    void partsOfASnapshotAreJoinedAndItsNameComesBack() throws IOException {
        List<String> lines = new ArrayList<>();
        GOOD.subList(0, 8).forEach(line ->
                lines.add(line.replace("'snapshot':1", "'snapshot':'one'")));
        lines.add("{'action':'Snapshot','snapshot':'one','processes':{'p':7e1}}");
        lines.add("{'action':'Snapshot','snapshot':'one','processes':{'q':130.0},"
                + "'channels':{'q->p':[5],'p->q':[]}}");
        assertEquals(0, audit(lines));
        assertEquals("one", json().at("/snapshots/0/snapshot").textValue());
        lines.remove(lines.size() - 1);
        assertEquals(1, audit(lines));
        assertTrue(out.contains("no Snapshot line of snapshot \\\"one\\\" holds"), out);
    }

    @Test
    void oneLogAfterAnotherAndOneFileAProcessSayTheSame() throws IOException {
        List<String> p = List.of(HEADER, P_SENDS, P_RECORDS, P_RECEIVES, P_MARKER, SNAPSHOT);
        List<String> q = List.of(Q_RECEIVES, Q_RECORDS, Q_MARKER);
        assertEquals(0, audit(GOOD));
        String expected = out;
        List<String> after = new ArrayList<>(p);
        after.addAll(q);
        assertEquals(0, audit(after));
        assertEquals(expected, out);
        List<String> before = new ArrayList<>(q);
        before.addAll(p.subList(1, p.size()));
        before.add(0, HEADER);
        assertEquals(0, audit(before));
        assertEquals(expected, out);
        List<String> alone = new ArrayList<>(q);
        alone.add(0, HEADER);
        assertEquals(0, run("audit", "--json", file("p", p), file("q", alone)));
        assertEquals(expected, out);
        assertEquals(0, run("audit", "--json", file("q", alone), file("p", p)));
        assertEquals(expected, out);
    }

    @Test
    void filesThatDoNotBelongTogetherAreRefused() throws IOException {
        String good = file("a", GOOD);
        String other = file("b", List.of(HEADER.replace("'p':100", "'p':99")));
        assertEquals(2, run("audit", good, other));
        assertEquals("chandy-lamport: " + other + ":1: its header differs from that of " + good
                + ": it gives p another initial state\n", err);
        String same = file("c", List.of(HEADER, P_SENDS));
        assertEquals(2, run("audit", good, same));
        assertTrue(err.contains("process p has lines in " + good + " too"), err);
    }

    @Test
    void theEndOfALostLogMayBeMissing() throws IOException {
        Path cut = folder.resolve("cut");
        List<String> lines = List.of(HEADER, P_SENDS, P_RECORDS, Q_RECEIVES, Q_RECORDS, Q_MARKER);
        Files.writeString(cut, text(lines).strip().substring(0, text(lines).length() - 20));
        assertEquals(2, run("audit", cut.toString()));
        assertTrue(err.contains(":6: the last line is cut short"), err);
        assertEquals(1, run("audit", "--lost", "q", cut.toString()));
        assertTrue(out.contains("snapshot 1: incomplete"), out);
        assertEquals(2, run("audit", "--lost", "r", cut.toString()));
        assertEquals("chandy-lamport: " + cut + ":1: the header names no process r, which is said"
                + " to be lost; it names p, q\n", err);
    }

    @Test
    void standardInputIsRead() throws IOException {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(text(GOOD).getBytes(StandardCharsets.UTF_8)));
        try {
            assertEquals(0, run("audit", "-"));
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void whatCannotBeReadIsSaidInASentenceWithFileAndLine() throws IOException {
        String file = file("t", List.of(HEADER, P_SENDS, "{'action':'Receive'}"));
        assertEquals(2, run("audit", file));
        assertEquals("", out);
        assertEquals("chandy-lamport: " + file + ":3: missing field \"process\"\n", err);
    }

    private void assertKind(String verdict, String kind, int exit, List<String> lines)
            throws IOException {
        assertEquals(exit, audit(lines), err);
        assertEquals(verdict, json().at("/snapshots/0/verdict").textValue(), out);
        assertEquals(kind, json().at("/snapshots/0/violations/0/kind").textValue(), out);
    }

    private int audit(List<String> lines) throws IOException {
        return run("audit", "--json", file("trace", lines));
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out);
    }

    private String file(String name, List<String> lines) throws IOException {
        return Files.writeString(folder.resolve(name), text(lines)).toString();
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines).replace('\'', '"') + "\n";
    }

    private static List<String> replace(String line, String old, String replacement) {
        List<String> lines = new ArrayList<>(GOOD);
        lines.replaceAll(l -> l.equals(line) ? line.replace(old, replacement) : l);
        return lines;
    }

    private static List<String> without(String line) {
        List<String> lines = new ArrayList<>(GOOD);
        lines.remove(line);
        return lines;
    }

    private int run(String... args) {
        StringWriter outText = new StringWriter();
        StringWriter errText = new StringWriter();
        int exit = Main.run(new PrintWriter(outText), new PrintWriter(errText), args);
        out = outText.toString();
        err = errText.toString();
        return exit;
    }
}
