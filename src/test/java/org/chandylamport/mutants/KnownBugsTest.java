package org.chandylamport.mutants;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bugs that implementations of the algorithm are known to have had: each is put into ours, and a
 * property of the system refutes it. The properties would notice.
 */
class KnownBugsTest {

    private static final String ON_THE_SIMULATOR =
            "sim.SystemProperties#everySnapshotPassesAllOracles";
    private static final String ON_THREADS =
            "RuntimeProperties#everySnapshotPassesAllOracles";
    private static final String TO_THE_END =
            "sim.SystemProperties#everySnapshotCompletes";

    /** Only a mutant that runs for ever takes so long: it is to be replaced. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final List<Mutant> CATALOGUE = List.of(
            new Mutant("markers travel by another way than messages",
                    "sim/Simulator.java",
                    "p, setup, (c, item) -> contents(c).add(item), collector)));",
                    "p, setup, (c, item) -> { if (item instanceof Marker) {"
                            + " contents(c).addFirst(item); } else { contents(c).add(item); } },"
                            + " collector)));",
                    ON_THE_SIMULATOR),
            new Mutant("one recording flag for all snapshots",
                    "protocol/Incoming.java",
                    "awaiting--;",
                    "awaiting = 0;",
                    ON_THE_SIMULATOR),
            new Mutant("all channels in one bag",
                    "protocol/Recording.java",
                    "return opened.get(c.position()).until(end == null ? c.last() : end);",
                    "return opened.get(0).until(incoming.get(0).last());",
                    ON_THE_SIMULATOR),
            new Mutant("a number of markers that does not depend on the graph",
                    "protocol/Recording.java",
                    "return open == 0;",
                    "return incoming.size() - open >= Math.min(2, incoming.size());",
                    ON_THE_SIMULATOR),
            new Mutant("markers are not passed on",
                    "protocol/ChandyLamport.java",
                    "c.sendMarker(marker);",
                    "if (c.channel().to().equals(p)) { c.sendMarker(marker); }",
                    TO_THE_END),
            new Mutant("a second initiator records once more",
                    "protocol/ChandyLamport.java",
                    "if (!isNew(s)) {",
                    "if (ended.contains(s)) {",
                    "protocol.ChandyLamportTest#recordingAgainHasNoEffect"),
            new Mutant("an initiator is ignored while another snapshot is live",
                    "protocol/ChandyLamport.java",
                    "if (!isNew(s)) {",
                    "if (!isNew(s) || !recordings.isEmpty()) {",
                    "protocol.CoreValueTest#oneLinkAMessageHoweverManySnapshotsAreLive"),
            new Mutant("a process without incoming channels waits for ever",
                    "protocol/ChandyLamport.java",
                    "if (recording.isComplete()) {",
                    "if (recording.isComplete() && !incoming.isEmpty()) {",
                    "protocol.ChandyLamportTest"
                            + "#processWithoutIncomingChannelsIsCompleteAtOnce"),
            new Mutant("the second marker closes all channels",
                    "protocol/Recording.java",
                    "closed.setOpaque(c.position(), c.close());",
                    "if (open == incoming.size() - 1) { for (Incoming<M> d : incoming)"
                            + " { if (isAwaited(d)) {"
                            + " closed.setOpaque(d.position(), d.close()); } }"
                            + " open = 1; } else { closed.setOpaque(c.position(), c.close()); }",
                    ON_THE_SIMULATOR),
            new Mutant("only the newest live snapshot records a message",
                    "protocol/Incoming.java",
                    "if (awaiting++ == 0 && last.message != null) {",
                    "if (awaiting++ >= 0) {",
                    ON_THE_SIMULATOR),
            new Mutant("a message received while a snapshot is live is not recorded",
                    "protocol/Incoming.java",
                    "if (awaiting > 0) {",
                    "if (awaiting > 1) {",
                    ON_THREADS),
            new Mutant("a marker is sent twice",
                    "runtime/ChannelQueue.java",
                    "offer(marker);",
                    "offer(marker); offer(marker);",
                    ON_THREADS));

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> eachKnownBugIsRefuted() {
        return CATALOGUE.stream().map(mutant -> DynamicTest.dynamicTest(mutant.toString(), () -> {
            Path classes = Files.createDirectory(folder.resolve(mutant.name().replace(' ', '-')));
            assertTrue(assertTimeoutPreemptively(PATIENCE, () -> mutant.refutation(classes))
                            .isPresent(),
                    "the bug goes unnoticed: " + mutant.line() + " => " + mutant.replacement());
        }));
    }
}
