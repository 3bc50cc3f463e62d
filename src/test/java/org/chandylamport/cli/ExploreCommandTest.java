package org.chandylamport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The command explore. */
class ExploreCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int explore(String... arguments) {
        return new CommandLine(new ExploreCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void printsStatesStepsAndSnapshotsChecked() {
        assertEquals(0, explore("--processes", "2", "--messages", "2"));
        assertEquals(String.join(System.lineSeparator(),
                "ring graph of 2 processes and 2 channels, messages a channel 2, snapshots 1,"
                        + " initiators p1 p2",
                "states                    1,136",
                "steps                     2,584",
                "snapshots checked           225", ""), out.toString());
        assertEquals("", err.toString(), "no progress where there is no terminal");
    }

    @Test
    void takesEveryWay() {
        assertEquals(0, explore("--processes", "2", "--initiators", "one", "--all-histories"));
        assertTrue(out.toString().contains("histories"), out.toString());
    }

    @Test
    void initiatorsAreChosenByName() {
        assertEquals(0, explore("--processes", "2", "--initiators", "p2", "--messages", "0"));
        assertTrue(out.toString().contains("initiators p2"), out.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--messages=-1     | --messages is at least 0, not -1",
        "--snapshots=65    | --snapshots is from 0 to 64, not 65",
        "--processes=0     | --processes is at least 1, not 0",
        "--initiators=p9   | --initiators is all, one, or names of p1,p2,p3, not p9",
        "--topology=sphere | Invalid value for option '--topology'",
    })
    void badArgumentsAreExplained(String argument, String sentence) {
        assertEquals(2, explore(argument));
        assertTrue(err.toString().contains(sentence), err.toString());
    }
}
