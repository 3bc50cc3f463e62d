package org.chandylamport.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bugs that implementations of the algorithm are known to have had, and bugs that threads make:
 * each is put into ours, and a test refutes it. The tests would notice.
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
                    "if (recordings.containsKey(s) || ended.contains(s)) {",
                    "if (ended.contains(s)) {",
                    "protocol.ChandyLamportTest#recordingAgainHasNoEffect"),
            new Mutant("an initiator is ignored while another snapshot is live",
                    "protocol/ChandyLamport.java",
                    "if (recordings.containsKey(s) || ended.contains(s)) {",
                    "if (!recordings.isEmpty() || ended.contains(s)) {",
                    "protocol.CoreValueTest#oneLinkAMessageHoweverManySnapshotsAreLive"),
            new Mutant("a second initiator's snapshot is merged with one that is open",
                    "runtime/Collector.java",
                    "SnapshotId id = new SnapshotId(nextId.getAndIncrement());",
                    "if (!open.isEmpty()) { return open.firstEntry().getValue(); }"
                            + " SnapshotId id = new SnapshotId(nextId.getAndIncrement());",
                    "RuntimeProperties#snapshotIdsAreIssuedOnce"),
            new Mutant("a state is recorded under another lock than messages",
                    "runtime/Engine.java",
                    "request(p, process -> process.initiate(id), reason -> {});",
                    "requireNonNull(processes.get(p)).initiate(id);",
                    "NetworkTest#aProcessThatIsInAStepRecordsAfterIt"),
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
                    "awaiting++;",
                    "awaiting++; last = new Link<>(null);",
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

    private static final List<Mutant> OF_THREADS = List.of(
            new Mutant("a marker is offered before the state is published",
                    "protocol/ChandyLamport.java",
                    "effects.recording(recording);",
                    "outgoing.forEach(c -> c.sendMarker(marker)); effects.recording(recording);"
                            + " if (p != null) { endIfComplete(recording); return recording; }",
                    "PublicationTest#aMarkerIsOfferedOnlyOnceTheStateIsPublished"),
            new Mutant("a message is offered before it is logged",
                    "protocol/ChandyLamport.java",
                    "log.accept(new Send<>(c.channel(), message, after, sameStep));",
                    "c.send(message);"
                            + " log.accept(new Send<>(c.channel(), message, after, sameStep));"
                            + " if (p != null) { return; }",
                    "protocol.ChandyLamportTest#eventsAreLoggedInOrderAndBeforeWhatTheySend"),
            new Mutant("a wake-up is dropped where a process is shared",
                    "runtime/Workers.java",
                    "if (workers.get(i).wake()) {",
                    "if (workers.get(i) == null) {",
                    "runtime.HandOverTest#whoSharesAProcessWakesOneWorkerThatSaidItParks"),
            new Mutant("a wake-up is dropped where a message comes to an idle process",
                    "runtime/ChannelQueue.java",
                    "from.worker().schedule(to);",
                    "from.worker();",
                    "runtime.HandOverTest"
                            + "#aMessageMakesAnIdleReceiverRunnableByTheWorkerOfItsSender"),
            new Mutant("a wake-up is dropped where a message comes as its channel is drained",
                    "runtime/ChannelQueue.java",
                    "return queue.peek() != null && SIGNALLED.compareAndSet(this, false, true);",
                    "return false;",
                    "runtime.HandOverTest#whatIsSentWhileItsChannelIsDrainedIsNotForgotten"),
            new Mutant("what waits behind a long step waits for its end",
                    "runtime/Worker.java",
                    "if (runnable.lend()) {",
                    "if (runnable.isEmpty()) {",
                    "runtime.HandOverTest#whatALongStepKeepsWaitingIsStolenByWhoWatches"),
            new Mutant("a worker lends, and wakes nobody to watch",
                    "runtime/Workers.java",
                    "if (!watched.get() && idle.get() > 0) {",
                    "if (!watched.get() && idle.get() < 0) {",
                    "runtime.HandOverTest#whoLendsWakesOneToWatchUnlessOneDoes"),
            new Mutant("who watches for a long step goes, and leaves it to nobody",
                    "runtime/Workers.java",
                    "if (workers.get(i).runnable().lastLent() != null) {",
                    "if (workers.get(i) == null) {",
                    "runtime.HandOverTest#"
                            + "whoHasWatchedAndBecomesBusyWakesAnotherToWatchWhatIsStillLent"),
            new Mutant("a process is run by each of two threads that ask something of it",
                    "runtime/Inbox.java",
                    "return h == IDLE;",
                    "return true;",
                    "runtime.HandOverTest#onlyWhoFindsAnInboxIdleIsToRunItsConsumer"),
            new Mutant("a process that went idle is run by its last worker too",
                    "runtime/LocalProcess.java",
                    "if (inbox.goIdle()) {",
                    "if (inbox.goIdle()) { return true; } if (left < 0) {",
                    "runtime.HandOverTest#aProcessWithNothingToDoIsLeftToWhoeverGivesItSomething"),
            new Mutant("a process that is resumed is run by the worker that suspended it too",
                    "runtime/LocalProcess.java",
                    "return !yieldIfSuspended();",
                    "return !yieldIfSuspended() || suspended == null;",
                    "runtime.HandOverTest#aSuspendedProcessIsLeftToWhoeverResumesIt"),
            new Mutant("a snapshot that timed out stays open at the processes",
                    "runtime/Engine.java",
                    "p -> request(p, process -> process.core().abandon(id), ignored -> {}));",
                    "p -> request(p, process -> {}, ignored -> {}));",
                    "TimeoutTest#theNetworkGoesOnAndLaterSnapshotsWork"));

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> eachKnownBugIsRefuted() {
        return all().map(mutant -> DynamicTest.dynamicTest(mutant.toString(), () ->
                assertTrue(refutation(mutant).isPresent(), "the bug goes unnoticed: "
                        + mutant.line() + " => " + mutant.replacement())));
    }

    @TestFactory
    Stream<DynamicTest> eachTestPassesWithoutTheBug() {
        return all().map(Mutant::withoutTheBug)
                .collect(Collectors.toMap(Mutant::test, mutant -> mutant, (one, other) -> one))
                .values().stream()
                .map(mutant -> DynamicTest.dynamicTest(mutant.test(), () ->
                        assertEquals(Optional.empty(), refutation(mutant))));
    }

    private static Stream<Mutant> all() {
        return Stream.concat(CATALOGUE.stream(), OF_THREADS.stream());
    }

    private Optional<Throwable> refutation(Mutant mutant) throws IOException {
        Path classes = Files.createTempDirectory(folder, "mutant");
        return assertTimeoutPreemptively(PATIENCE, () -> mutant.refutation(classes));
    }
}
