package org.chandylamport.cli;

import static org.chandylamport.cli.GoodTrace.GOOD;
import static org.chandylamport.cli.GoodTrace.SNAPSHOT;
import static org.chandylamport.cli.GoodTrace.file;
import static org.chandylamport.cli.GoodTrace.replace;
import static org.chandylamport.cli.GoodTrace.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.chandylamport.cli.GoodTrace.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that make pictures, from outside. */
class PictureCommandsTest {

    @TempDir
    private Path folder;

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aDiagramGoesToStandardOutputOrIntoAFile() throws IOException {
        String trace = file(folder, "t", GOOD);
        Outcome printed = run("diagram", trace);
        assertEquals(0, printed.exit(), printed.err());
        assertTrue(printed.out().startsWith("<svg "), printed.out());
        Path svg = folder.resolve("t.svg");
        assertEquals(0, run("diagram", trace, "--snapshot", "1", "-o", svg.toString()).exit());
        assertEquals(printed.out(), Files.readString(svg));
        assertEquals(List.of("t", "t.svg"), names());
    }

    @Test
    void aRefutedSnapshotIsDrawnFirst() throws IOException {
        List<String> lines = replace(SNAPSHOT, "[5]", "[6]");
        lines.add("{'action':'Aborted','snapshot':0,'cause':'no time'}");
        Outcome drawn = run("diagram", file(folder, "t", lines));
        assertEquals(0, drawn.exit(), drawn.err());
        assertTrue(drawn.out().contains("Snapshot 1 is inconsistent"), drawn.out());
        assertTrue(run("diagram", file(folder, "t", lines), "--snapshot", "0").out()
                .contains("Snapshot 0 is aborted"));
    }

    @Test
    void aSnapshotThatTheTraceLacksIsAMistake() throws IOException {
        Outcome outcome = run("diagram", file(folder, "t", GOOD), "--snapshot", "2");
        assertEquals(2, outcome.exit());
        assertEquals("chandy-lamport: --snapshot is one of [1] of this trace, not 2\n",
                outcome.err());
    }

    @Test
    void aFileThatCannotBeWrittenIsNamedAndNothingIsLeft() throws IOException {
        String trace = file(folder, "t", GOOD);
        String nowhere = folder.resolve("no/where.html").toString();
        for (String command : List.of("diagram", "report", "export --shiviz")) {
            Outcome outcome = run((command + " " + trace + " -o " + nowhere).split(" "));
            assertEquals(2, outcome.exit());
            assertEquals("chandy-lamport: " + nowhere
                    + " cannot be written: there is no such folder\n", outcome.err());
        }
        Outcome outcome = run("run", "--messages", "10", "--report", nowhere);
        assertEquals("chandy-lamport: --report " + nowhere
                + " cannot be written: there is no such folder\n", outcome.err());
        assertEquals(2, outcome.exit());
        assertEquals("", outcome.out(), "it says so before it runs");
        assertEquals(List.of("t"), names());
    }

    @Test
    void aTraceThatCannotBeReadIsNamed() throws IOException {
        String trace = file(folder, "t", List.of("{}"));
        for (String command : List.of("diagram", "report", "export --shiviz")) {
            Outcome outcome = run((command + " " + trace).split(" "));
            assertEquals(2, outcome.exit());
            assertTrue(outcome.err().startsWith("chandy-lamport: " + trace + ":1: "),
                    outcome.err());
        }
    }

    @Test
    void aReportIsOnePageThatShowsTheTrace() throws IOException {
        Path page = folder.resolve("r.html");
        Outcome outcome = run("report", file(folder, "t", GOOD), "-o", page.toString());
        assertEquals("", outcome.err());
        assertEquals(0, outcome.exit());
        String html = Files.readString(page);
        assertTrue(html.contains("<title>t</title>"));
        assertFalse(html.matches("(?s).*@[A-Z-]+@.*"), "every place is filled");
        assertFalse(html.contains("://"), "it links to nothing");
    }

    @Test
    void aRunWritesItsReportAndLeavesNoTraceUnlessAsked() throws IOException {
        Path page = folder.resolve("r.html");
        Outcome outcome = run("run", "--messages", "50", "--snapshots", "2", "--processes", "3",
                "--seed", "1", "--report", page.toString());
        assertEquals(0, outcome.exit(), outcome.err());
        assertTrue(Files.readString(page).contains(
                "<title>bank, random graph of 3 processes and 6 channels</title>"));
        assertEquals(List.of("r.html"), names());
    }

    @Test
    void anExportSaysForWhom() throws IOException {
        String trace = file(folder, "t", GOOD);
        Outcome log = run("export", "--shiviz", trace);
        assertEquals(0, log.exit(), log.err());
        assertTrue(log.out().contains("\np {\"p\": 1}\np sends 30 along p->q\n"), log.out());
        assertEquals(2, run("export", trace).exit());
    }
}
