package org.chandylamport.cli;

import static org.chandylamport.cli.GoodTrace.GOOD;
import static org.chandylamport.cli.GoodTrace.HEADER;
import static org.chandylamport.cli.GoodTrace.P_MARKER;
import static org.chandylamport.cli.GoodTrace.P_RECEIVES;
import static org.chandylamport.cli.GoodTrace.P_RECORDS;
import static org.chandylamport.cli.GoodTrace.P_SENDS;
import static org.chandylamport.cli.GoodTrace.Q_MARKER;
import static org.chandylamport.cli.GoodTrace.Q_RECEIVES;
import static org.chandylamport.cli.GoodTrace.Q_RECORDS;
import static org.chandylamport.cli.GoodTrace.SNAPSHOT;
import static org.chandylamport.cli.GoodTrace.file;
import static org.chandylamport.cli.GoodTrace.replace;
import static org.chandylamport.cli.GoodTrace.without;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command audit, from outside: each kind of damage to a trace has its verdict. */
class AuditCommandTest {

    @TempDir Path folder;
    private String out = "";
    private String err = "";

    @Test
    void aGoodTraceIsConsistentAndTheResultIsAsTheFormatHasIt() throws IOException {
        assertEquals(0, audit(GOOD));
        assertEquals("{'events':7,'trace':{'verdict':'valid','violations':[]},'snapshots':"
                + "[{'snapshot':1,'verdict':'consistent','cut':{'p':1,'q':1},'violations':[]}]}\n",
                out.replace('"', '\''));
        assertEquals(0, run("audit", file(folder, "t", GOOD)));
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
        assertEquals(1, run("audit", file(folder, "t", lines)));
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
    void aViolationNamesTheMessageThatItIsAbout() throws IOException {
        List<String> orphan = new ArrayList<>(GOOD);
        orphan.set(1, P_RECORDS);
        orphan.set(2, P_SENDS);
        assertEquals(1, message(orphan, "/snapshots/0/violations/0"));
        assertEquals(2, message(replace(SNAPSHOT, "[5]", "[5,5]"), "/snapshots/0/violations/0"));
        assertEquals(1, message(replace(SNAPSHOT, "[5]", "[6]"), "/snapshots/0/violations/0"));
        assertEquals(1, message(replace(Q_RECEIVES, "30", "31"), "/trace/violations/0"));
        List<String> late = new ArrayList<>(GOOD);
        late.add(P_RECEIVES);
        assertEquals(2, message(late, "/trace/violations/0"));
        assertEquals(0, message(replace(SNAPSHOT, "'p':70", "'p':71"),
                "/snapshots/0/violations/0"));
    }

    private int message(List<String> lines, String violation) throws IOException {
        assertEquals(1, audit(lines));
        return json().at(violation + "/message").asInt();
    }

    @Test
    void aMessageThatIsNotTheOneSentMakesTheTraceFaulty() throws IOException {
        assertEquals(1, audit(replace(Q_RECEIVES, "30", "31")));
        assertEquals("not-fifo", json().at("/trace/violations/0/kind").textValue());
        assertEquals("p->q", json().at("/trace/violations/0/channel").textValue());
        assertEquals(1, run("audit", file(folder, "t", replace(Q_RECEIVES, "30", "31"))));
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
        assertEquals(0, run("audit", "--json", "--witness", file(folder, "t", lines)), out);
        assertEquals("{\"p\":1,\"q\":1}", json().at("/snapshots/0/cut").toString());
        assertEquals("{\"index\":2,\"events\":3}", json().at("/snapshots/0/witness").toString());
        lines.set(lines.size() - 1, SNAPSHOT.replace("'p':70", "'p':71"));
        assertKind("inconsistent", "unreachable", 1, lines);
    }

    @Test
    void theWitnessIsAnOrderThatMeetsTheSnapshot() throws IOException {
        assertEquals(0, run("audit", "--witness", file(folder, "t", GOOD)));
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

    private void assertKind(String verdict, String kind, int exit, List<String> lines)
            throws IOException {
        assertEquals(exit, audit(lines), err);
        assertEquals(verdict, json().at("/snapshots/0/verdict").textValue(), out);
        assertEquals(kind, json().at("/snapshots/0/violations/0/kind").textValue(), out);
    }

    private int audit(List<String> lines) throws IOException {
        return run("audit", "--json", file(folder, "trace", lines));
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out);
    }

    private int run(String... args) {
        GoodTrace.Outcome outcome = GoodTrace.run(args);
        out = outcome.out();
        err = outcome.err();
        return outcome.exit();
    }
}
