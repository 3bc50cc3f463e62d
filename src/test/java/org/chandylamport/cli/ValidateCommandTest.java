package org.chandylamport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private int run(String... args) {
        out.getBuffer().setLength(0);
        return Main.run(new PrintWriter(out), new PrintWriter(err), args);
    }

    private Path trace() {
        Path trace = folder.resolve("t.ndjson");
        assertEquals(0, run("run", "--messages", "100", "--processes", "4", "--snapshots", "3",
                "--trace", trace.toString()));
        return trace;
    }

    @Test
    void aTraceOfARunIsABehaviorOfTheSpecification() {
        assertEquals(0, run("validate", trace().toString()), err::toString);
        assertTrue(out.toString().contains("TLC allows all"), out.toString());
    }

    @Test
    void theFirstEventThatIsNotAllowedIsNamed() throws Exception {
        Path trace = trace();
        List<String> lines = Files.readAllLines(trace);
        int marker = 0;
        while (!lines.get(marker).contains("\"ReceiveMarker\"")) {
            marker++;
        }
        lines.add(marker, lines.get(marker));
        Files.write(trace, lines);
        assertEquals(1, run("validate", trace.toString()), err::toString);
        assertTrue(out.toString().contains("but not the next: line "), out.toString());
        assertTrue(out.toString().contains("ReceiveMarker"), out.toString());
    }

    @Test
    void aTraceWithoutCutsIsRefused() throws Exception {
        Path trace = Files.writeString(folder.resolve("u.ndjson"),
                "{\"format\":\"chandy-lamport-trace\",\"version\":1,\"cuts\":\"unlogged\","
                        + "\"processes\":{\"p\":1},\"channels\":{}}\n");
        assertEquals(2, run("validate", trace.toString()));
        assertTrue(err.toString().contains("audit judges it"), err.toString());
    }

    @Test
    void aFileThatIsMissingIsNamed() {
        assertEquals(2, run("validate", folder.resolve("none").toString()));
        assertTrue(err.toString().contains("none"), err.toString());
        assertEquals(1, err.toString().strip().lines().count(), err.toString());
    }

    @Test
    void aTraceThatIsTooLongIsRefusedWithTheLimit() {
        Path trace = folder.resolve("long.ndjson.gz");
        assertEquals(0, run("run", "--messages", "40000", "--snapshots", "0",
                "--trace", trace.toString()));
        assertEquals(2, run("validate", trace.toString()));
        assertTrue(err.toString().contains("at most 100,000"), err.toString());
    }
}
