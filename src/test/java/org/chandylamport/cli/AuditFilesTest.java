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
import static org.chandylamport.cli.GoodTrace.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command audit, from outside: what it reads, and how lines may be arranged. */
class AuditFilesTest {

    @TempDir Path folder;
    private String out = "";
    private String err = "";

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
        assertEquals(0, run("audit", "--json", file(folder, "p", p), file(folder, "q", alone)));
        assertEquals(expected, out);
        assertEquals(0, run("audit", "--json", file(folder, "q", alone), file(folder, "p", p)));
        assertEquals(expected, out);
    }

    @Test
    void filesThatDoNotBelongTogetherAreRefused() throws IOException {
        String good = file(folder, "a", GOOD);
        String other = file(folder, "b", List.of(HEADER.replace("'p':100", "'p':99")));
        assertEquals(2, run("audit", good, other));
        assertEquals("chandy-lamport: " + other + ":1: its header differs from that of " + good
                + ": it gives p another initial state\n", err);
        String same = file(folder, "c", List.of(HEADER, P_SENDS));
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
        String file = file(folder, "t", List.of(HEADER, P_SENDS, "{'action':'Receive'}"));
        assertEquals(2, run("audit", file));
        assertEquals("", out);
        assertEquals("chandy-lamport: " + file + ":3: missing field \"process\"\n", err);
    }

    @Test
    void aNameIsPrintedOnOneLineWhateverItHolds() throws IOException {
        String name = "\\n\\u001b[2J";
        String file = file(folder, "t", List.of(HEADER.replace("'p'", "'" + name + "'")));
        assertEquals(2, run("audit", file, "--lost", "x\ny"));
        assertEquals("chandy-lamport: " + file + ":1: the header names no process x\\u000ay, which"
                + " is said to be lost; it names \\u000a\\u001b[2J, q\n", err);
        assertEquals(0, run("audit", file(folder, "u", List.of(
                HEADER.replace("'p'", "'" + name + "'"), P_RECORDS.replace("'p'", "'" + name + "'"),
                "{'action':'Snapshot','snapshot':1,'processes':{'" + name + "':100,'q':100},"
                        + "'channels':{'p->q':[],'q->p':[5]}}", Q_RECORDS))));
        assertEquals("snapshot 1: consistent, cut after \\u000a\\u001b[2J 0, q 0",
                out.lines().findFirst().orElse(""));
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
