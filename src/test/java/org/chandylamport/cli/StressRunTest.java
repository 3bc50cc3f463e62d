package org.chandylamport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Iterables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.chandylamport.app.Tokens;
import org.chandylamport.cli.StressRun.Conditions;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StressRunTest {

    private static final ProcessId P = new ProcessId("p");
    private static final ProcessId Q = new ProcessId("q");
    private static final Duration NEVER = Duration.ofHours(1);

    /** With this seed a process is suspended before the first snapshot is initiated. */
    private static final long CRASHES_FIRST = 17;

    @TempDir
    private Path folder;

    private static StressSystem<?, ?> tokens() {
        Topology ring = Topology.ring(P, Q);
        Tokens tokens = new Tokens(ring, 1_000, false);
        return new StressSystem<>(ring, tokens::behavior, tokens.initial(),
                ImmutableList.of(ImmutableSortedSet.of(P), ImmutableSortedSet.of(Q)));
    }

    private static StressRun<?, ?> run(
            long seed, Duration timeout, Duration patience, Fault... faults) {
        return new StressRun<>(tokens(), new Conditions(
                2, ImmutableList.copyOf(faults), true, timeout, patience), seed);
    }

    @Test
    void aHangIsReportedWithWhoIsAwaitedAndItsTraceIsSaved() throws Exception {
        StressRun<?, ?> run = run(CRASHES_FIRST, NEVER, Duration.ofSeconds(1), Fault.crash);
        StressOutcome outcome = run.run(() -> true);
        assertTrue(outcome.isHung());
        String complaint = outcome.complaints().get(0);
        assertTrue(complaint.matches(
                "nothing happens any more; snapshot [12] waits for the state of [pq].*"),
                complaint);
        Path trace = folder.resolve("t.ndjson");
        assertTrue(run.save(trace));
        assertTrue(Files.size(trace) > 0);
    }

    /** Else a hang of the runtime would be taken for a fault that holds a snapshot. */
    @Test
    void whereNothingButStallsCanHoldItTheLastSnapshotHasNoTimeout() throws Exception {
        for (long seed = 0; seed < 30; seed++) {
            StressRun<?, ?> run = run(seed, Duration.ofMillis(1), NEVER, Fault.stall);
            assertEquals(ImmutableList.of(), run.run(() -> true).complaints());
            Path trace = folder.resolve(seed + ".ndjson");
            assertTrue(run.save(trace));
            String last = Iterables.getLast(Files.readAllLines(trace));
            assertTrue(last.contains("\"Snapshot\""), last);
        }
    }

    @Test
    void aRunThatIsEndedEarlyHasNothingToComplainOf() throws Exception {
        StressOutcome outcome = run(1, NEVER, NEVER).run(() -> false);
        assertEquals(ImmutableList.of(), outcome.complaints());
        assertEquals(0, outcome.snapshots().size());
    }
}
