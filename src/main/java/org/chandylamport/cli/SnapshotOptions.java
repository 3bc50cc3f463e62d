package org.chandylamport.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say how many snapshots are taken, and how many of them overlap. */
final class SnapshotOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--snapshots", paramLabel = "K",
            description = "How many snapshots, spread over the run (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "--overlap", paramLabel = "N",
            description = "How many of them may be open at the same time; of several nodes, how"
                    + " many of each (default: ${DEFAULT-VALUE}).")
    private int overlap = 64;

    /** The options, with this default number. */
    SnapshotOptions(int count) {
        this.count = count;
    }

    /** Names the option that makes no sense. */
    void check() {
        require("--snapshots", 0, count);
        require("--overlap", 1, overlap);
    }

    private void require(String option, int least, int given) {
        if (given < least) {
            throw new ParameterException(spec.commandLine(),
                    option + " is at least " + least + ", not " + given);
        }
    }

    /** How many snapshots are taken. */
    int count() {
        return count;
    }

    /** How many may be open at the same time. */
    int overlap() {
        return overlap;
    }
}
