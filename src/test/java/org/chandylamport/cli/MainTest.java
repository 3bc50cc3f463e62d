package org.chandylamport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class MainTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            foo | there is no command 'foo'; the commands are
            --foo | Unknown option: '--foo'; the options are --help, --version
            audit | Missing required parameter: 'FILE'
            audit --foo x | Unknown option: '--foo'; the options are --json,
            audit --lost | Missing required parameter for option '--lost' (PROCESS)
            audit - - | standard input (-) can be read only once
            audit /no/such/file | /no/such/file: there is no such file
            audit @/no/such/file | @/no/such/file: there is no such file
            run --processes x | Invalid value for option '--processes': 'x' is not a whole number
            run --seed 1e3 | Invalid value for option '--seed': '1e3' is not a whole number of
            run --workers 1001 | --workers is from 1 to 1000, not 1001
            """)
    void badArgumentsAreOneSentenceAndExitTwo(String arguments, String sentence) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        assertEquals(2, run(out, err, arguments.split(" ")));
        assertEquals("", out.toString());
        assertTrue(err.toString().startsWith("chandy-lamport: " + sentence), err.toString());
        assertEquals(1, err.toString().lines().count());
    }

    @Test
    void noCommandListsTheCommands() {
        StringWriter err = new StringWriter();
        assertEquals(2, run(new StringWriter(), err));
        assertTrue(err.toString().startsWith(
                "chandy-lamport: a command is missing; the commands are run"), err.toString());
    }

    @Test
    void everyCommandHasHelp() {
        for (String command : new CommandLine(new Main()).getSubcommands().keySet()) {
            StringWriter out = new StringWriter();
            assertEquals(0, run(out, new StringWriter(), command, "--help"));
            assertTrue(out.toString().startsWith("Usage: chandy-lamport " + command), command);
        }
        StringWriter out = new StringWriter();
        assertEquals(0, run(out, new StringWriter(), "--help"));
        assertTrue(out.toString().contains("audit"), out.toString());
    }

    @Test
    void theVersionIsAsked() {
        StringWriter out = new StringWriter();
        assertEquals(0, run(out, new StringWriter(), "--version"));
        assertTrue(out.toString().startsWith("chandy-lamport "), out.toString());
    }

    @Test
    void aResultThatCannotBeWrittenIsNoSuccess() {
        StringWriter err = new StringWriter();
        assertEquals(2, Main.run(new PrintWriter(new Full()), new PrintWriter(err), "--help"));
        assertEquals("chandy-lamport: the result could not be written to standard output",
                err.toString().strip());
    }

    @Test
    void progressIsShownOnATerminalOnlyAndNotAtOnce() {
        StringWriter err = new StringWriter();
        for (boolean isTerminal : new boolean[] {false, true}) {
            try (Progress progress = new Progress(new PrintWriter(err), "lines", 0, isTerminal)) {
                progress.accept(1_000_000);
            }
        }
        assertFalse(err.toString().contains("lines"), err.toString());
    }

    private static int run(StringWriter out, StringWriter err, String... args) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), args);
    }

    /** A full disk. */
    private static final class Full extends Writer {
        @Override
        public void write(char[] text, int offset, int length) throws IOException {
            throw new IOException("no space left");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
