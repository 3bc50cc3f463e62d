package org.chandylamport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.chandylamport.store.SnapshotStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run is killed at random moments, again and again, and goes on each time. */
class KillTest {

    private static final int KILLS = 25;
    private static final int MOST_MILLIS = 20;
    private static final int MOST_SAVED = 4;
    private static final int LIMIT_MINUTES = 5;
    private static final int KILLED = 128 + 9;

    private final Random random = new Random();
    private final List<Long> startedFrom = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void aRunThatIsKilledAtAnyMomentGoesOnAndLosesNothing() throws Exception {
        int kills = 0;
        Path directory = folder.resolve("0");
        while (kills < KILLS) {
            if (!isKilled(directory)) {
                directory = folder.resolve(Integer.toString(kills)); // It was faster.
                continue;
            }
            kills++;
        }
        Set<Long> different = new HashSet<>(startedFrom);
        assertTrue(different.size() > 5, "runs went on from one another: " + startedFrom);
        finish(directory);
    }

    /** Goes on to the end, and has another program judge the whole of it. */
    private void finish(Path directory) {
        Path trace = folder.resolve("t.ndjson");
        String restored = run("run", "--restore", directory.toString(), "--save",
                directory.toString(), "--trace", trace.toString());
        assertTrue(restored.contains("10 of 10 snapshots are consistent"), restored);
        String audited = run("audit", trace.toString());
        assertTrue(audited.contains("10 snapshots: 10 consistent"), audited);
    }

    private static String run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Main.run(new PrintWriter(out), new PrintWriter(err), args);
        assertEquals(0, status, () -> out.toString() + err);
        return out.toString();
    }

    /** Starts a run or goes on with one, and kills it unless it comes to its end before. */
    private boolean isKilled(Path directory) throws IOException, InterruptedException {
        long before = newest(directory);
        startedFrom.add(before);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-cp", System.getProperty("java.class.path"), Main.class.getName(),
                "run", "--every", "2000", "--save", directory.toString()));
        command.addAll(before < 0
                ? List.of("--messages", "400000", "--seed", "1")
                : List.of("--restore", directory.toString()));
        Path output = folder.resolve("output");
        Process child = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(output.toFile()).start();
        try {
            if (random.nextInt(4) > 0) { // Otherwise it may be killed before it has begun.
                long enough = before + 1 + random.nextInt(MOST_SAVED);
                while (child.isAlive() && !Files.exists(file(directory, enough))) {
                    child.waitFor(1, TimeUnit.MILLISECONDS);
                }
            }
            child.waitFor(random.nextInt(MOST_MILLIS), TimeUnit.MILLISECONDS);
            child.destroyForcibly();
            assertTrue(child.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES), "it is killed");
            assertTrue(child.exitValue() == 0 || child.exitValue() == KILLED,
                    Files.readString(output));
            return child.exitValue() == KILLED;
        } finally {
            child.destroyForcibly();
        }
    }

    private static Path file(Path directory, long snapshot) {
        return directory.resolve(snapshot + ".snapshot");
    }

    /** The number of the newest snapshot, which is sound and the run goes on from; or -1. */
    private long newest(Path directory) throws IOException {
        if (new SnapshotStore(directory, 1).newest().newest().isEmpty()) {
            return -1;
        }
        return RecoveryTest.requireSound(directory).id().number();
    }
}
