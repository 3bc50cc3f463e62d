package org.chandylamport.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a program is run, TLC above all. */
class TlcTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final List<String> printed = new ArrayList<>();

    @TempDir Path folder;

    @Test
    void aProgramRunsInItsFolderAndWhatItPrintsIsTold() throws IOException {
        Tlc.Result result = Tlc.fork(program(Prints.class), folder, LONG, printed::add);
        assertEquals(3, result.status());
        assertEquals(List.of(folder.toRealPath().toString(), "an error"), result.output());
        assertEquals(result.output(), printed);
    }

    /** At once, and so at any moment of reading what it prints. */
    @RepeatedTest(20)
    void aProgramThatDoesNotEndIsKilled() throws IOException {
        Tlc.Result result = Tlc.fork(program(Waits.class), folder, Duration.ZERO, printed::add);
        assertFalse(result.status() == 0, result::toString);
    }

    @Test
    void tlcIsFoundAndKeepsToTheFolder() throws IOException {
        Tlc.Result result = Tlc.run(folder, List.of("-Xss1m"),
                List.of("-config", "none.cfg", "none"), LONG, printed::add);
        assertTrue(result.output().stream().anyMatch(line -> line.startsWith("TLC2 Version ")),
                result::toString);
        assertTrue(Files.isDirectory(folder.resolve("tmp")));
    }

    @Test
    void allIsExploredWhereTlcSaysSoInBothWays() {
        assertTrue(new Tlc.Result(0, ImmutableList.of("x", Tlc.BANNER)).isComplete());
        assertFalse(new Tlc.Result(1, ImmutableList.of(Tlc.BANNER)).isComplete());
        assertFalse(new Tlc.Result(0, ImmutableList.of("x")).isComplete());
    }

    @Test
    void theEndOfTheOutputIsShown() {
        List<String> lines = new ArrayList<>(Collections.nCopies(120, "x"));
        String all = "TLC exits with 7\n" + String.join("\n", lines);
        assertEquals(all, new Tlc.Result(7, ImmutableList.copyOf(lines)).toString());
        lines.add(0, "first");
        assertEquals(all, new Tlc.Result(7, ImmutableList.copyOf(lines)).toString());
        assertEquals("TLC exits with 7\nx",
                new Tlc.Result(7, ImmutableList.of("x")).toString());
    }

    private static List<String> program(Class<?> main) {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", TlcTest.class.getProtectionDomain().getCodeSource().getLocation().getPath(),
                main.getName());
    }

    /** Says where it runs, then that it failed. */
    static final class Prints {
        private Prints() {}

        public static void main(String[] args) {
            System.out.println(Path.of("").toAbsolutePath());
            System.err.println("an error");
            System.exit(3);
        }
    }

    /** Waits for input that does not come. */
    static final class Waits {
        private Waits() {}

        public static void main(String[] args) throws IOException {
            while (System.in.read() >= 0) {
                continue;
            }
        }
    }
}
