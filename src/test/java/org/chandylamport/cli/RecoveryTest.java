package org.chandylamport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chandylamport.app.App;
import org.chandylamport.model.Channel;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.Outbox;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.chandylamport.store.JsonCodec;
import org.chandylamport.store.SnapshotCodec;
import org.chandylamport.store.SnapshotStore;
import org.chandylamport.store.SnapshotStore.Found;
import org.chandylamport.store.StoredSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecoveryTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private int run(Object... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.run(new PrintWriter(out), new PrintWriter(err),
                Arrays.stream(args).map(Object::toString).toArray(String[]::new));
    }

    /** The newest snapshot, without which nothing can go on, is of the app and not wrong. */
    static StoredSnapshot requireSound(Path directory) throws IOException {
        Found found = new SnapshotStore(directory, 1).newest();
        assertEquals(List.of(), found.damaged().values().asList());
        StoredSnapshot stored = found.newest().orElseThrow();
        requireSound(stored, Workload.of(stored).newApp());
        return stored;
    }

    private static <S, M> void requireSound(StoredSnapshot stored, App<S, M> app)
            throws IOException {
        Snapshot<S, M> snapshot = stored.decode(app.snapshotCodec());
        assertTrue(app.violation(snapshot.state()).isEmpty());
        assertTrue(app.remaining(snapshot.state()) <= app.messages());
    }

    /** A directory in which the newest snapshots of a run are missing. */
    private Path saved(AppName app) throws IOException {
        Path directory = folder.resolve("saved");
        assertEquals(0, run("run", "--app", app, "--processes", 5, "--messages", 3000,
                "--every", 300, "--save", directory, "--seed", 3), err::toString);
        long newest = requireSound(directory).id().number();
        assertTrue(newest >= 10, "" + newest);
        for (long id = newest; id > newest - 5; id--) {
            Files.delete(directory.resolve(id + ".snapshot"));
        }
        return directory;
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "locks") // They may come to no end.
    void everyAppGoesOnFromASavedSnapshotToItsEnd(AppName app) throws Exception {
        Path directory = saved(app);
        StoredSnapshot stored = requireSound(directory);
        Path trace = folder.resolve("t.ndjson");
        assertEquals(0, run("run", "--restore", directory, "--trace", trace, "--json"),
                err::toString);
        JsonNode result = JsonMapper.builder().build().readTree(out.toString());
        assertEquals(remaining(stored, Workload.of(stored).newApp()),
                result.get("messages").asLong());
        assertEquals(stored.id().number() + 1,
                result.get("snapshots").get(0).get("snapshot").asLong());
        assertEquals(0, run("audit", trace), out::toString);
        assertTrue(out.toString().contains("10 snapshots: 10 consistent"), out.toString());
    }

    private static <S, M> long remaining(StoredSnapshot stored, App<S, M> app)
            throws IOException {
        return app.remaining(stored.decode(app.snapshotCodec()).state());
    }

    /** The first process has taken one step, and what it sent is in transit. */
    private static <S, M> Snapshot<S, M> afterOneStep(Topology topology, App<S, M> app) {
        Map<ProcessId, S> states = new HashMap<>(app.initial().processes());
        Map<Channel, ImmutableList<M>> channels = new HashMap<>(app.initial().channels());
        ProcessId p = topology.processes().first();
        states.put(p, app.behavior(p).internal(states.get(p), new Outbox<>() {
            @Override
            public void send(ProcessId to, M message) {
                throw new AssertionError(to);
            }

            @Override
            public void send(Channel channel, M message) {
                channels.put(channel, ImmutableList.of(message));
            }
        }));
        return new Snapshot<>(new SnapshotId(41), ImmutableSortedSet.of(),
                GlobalState.of(states, channels));
    }

    private static <S, M> void save(Workload workload, App<S, M> app, Path directory)
            throws IOException {
        new Saving<>(new SnapshotStore(directory, 3), workload.line(), app)
                .save(afterOneStep(workload.topology(), app));
    }

    @Test
    void theTraceOfARestoredRunStartsWithTheMessagesInTransit() throws Exception {
        Path directory = folder.resolve("saved");
        Workload workload = new Workload(AppName.bank, GraphOptions.Shape.ring, 4, 1000, false, 7);
        save(workload, workload.newApp(), directory);
        Path trace = folder.resolve("t.ndjson");
        assertEquals(0, run("run", "--restore", directory, "--trace", trace), err::toString);
        assertTrue(out.toString().contains("goes on from " + directory.resolve("41.snapshot")
                + ": 1 messages in transit"), out.toString());
        JsonNode header = JsonMapper.builder().build().readTree(Files.readAllLines(trace).get(0));
        assertEquals(1, header.get("channels").get("p1->p2").get("messages").size());
        assertEquals(0, run("audit", trace), out::toString);
        assertTrue(out.toString().contains("10 snapshots: 10 consistent"), out.toString());
    }

    @Test
    void aDeadlockIsRestoredWithAllElse() {
        Path directory = folder.resolve("saved");
        assertEquals(0, run("run", "--app", "locks", "--save", directory, "--messages", 9999999),
                err::toString);
        String last = out.toString().lines().reduce((one, next) -> next).orElseThrow();
        assertTrue(last.matches("deadlock detected in snapshot \\d+: .*waits for lock.*"), last);
        assertEquals(0, run("run", "--restore", directory), err::toString);
        assertTrue(out.toString().contains(last.replaceFirst(".*?: ", "")), out.toString());
    }

    @Test
    void aDamagedSnapshotIsNamedAndTheOneBeforeItIsUsed() throws Exception {
        Path directory = saved(AppName.bank);
        StoredSnapshot newest = requireSound(directory);
        byte[] bytes = Files.readAllBytes(newest.file());
        Files.write(newest.file(), Arrays.copyOf(bytes, bytes.length / 2));
        assertEquals(0, run("run", "--restore", directory, "--save", directory), out::toString);
        assertTrue(err.toString().startsWith("chandy-lamport: " + newest
                + " is passed over: it is cut short"), err.toString());
        assertEquals(1, err.toString().lines().count());
        assertTrue(out.toString().contains("goes on from "
                + directory.resolve((newest.id().number() - 1) + ".snapshot")), out.toString());
        assertTrue(requireSound(directory).id().number() > newest.id().number(),
                "numbers go on behind the damaged one");
    }

    @Test
    void aRunThatHasComeToItsEndIsRestoredAtItsEnd() throws Exception {
        Path directory = folder.resolve("saved");
        assertEquals(0, run("run", "--messages", 128, "--every", 128, "--save", directory));
        assertEquals(0, run("run", "--restore", directory, "--snapshots", 2), err::toString);
        assertTrue(out.toString().contains(", 0 to be received"), out.toString());
        assertTrue(out.toString().contains("2 of 2 snapshots are consistent"), out.toString());
    }

    @Test
    void snapshotsOfAnotherRunAreNotOverwritten() throws Exception {
        Path directory = saved(AppName.bank);
        assertEquals(2, run("run", "--save", directory));
        assertTrue(err.toString().contains("--save " + directory + " holds snapshots; add"),
                err.toString());
        Path other = folder.resolve("other");
        assertEquals(0, run("run", "--restore", directory, "--save", other, "--snapshots", 0));
        assertEquals(requireSound(directory).id(), requireSound(other).id(),
                "what it starts from is saved too");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--app bank", "--messages 5", "--processes 3", "--topology ring",
        "--seed 4"})
    void whatIsSavedCannotBeChosenAnew(String option) throws Exception {
        assertEquals(2, run((Object[]) ("run --restore " + folder + " " + option).split(" ")));
        assertTrue(err.toString().contains(option.split(" ")[0] + " cannot be chosen"),
                err.toString());
    }

    @Test
    void aDirectoryWithoutASnapshotIsNamed() throws Exception {
        Path none = folder.resolve("none");
        assertEquals(2, run("run", "--restore", none));
        assertEquals("chandy-lamport: --restore " + none + ": there is no snapshot",
                err.toString().strip());
        Path file = Files.createFile(folder.resolve("file"));
        assertEquals(2, run("run", "--save", file));
        assertTrue(err.toString().contains(file.toString()), err.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertEquals("", out.toString());
    }

    @Test
    void aSnapshotOfAnotherProgramIsNamed() throws Exception {
        Path directory = saved(AppName.bank);
        StoredSnapshot newest = requireSound(directory);
        Snapshot<Integer, Integer> empty = new Snapshot<>(
                new SnapshotId(newest.id().number() + 1),
                ImmutableSortedSet.of(),
                GlobalState.of(Map.of(), Map.of()));
        var codec = new SnapshotCodec<>(
                JsonCodec.of(Integer.class),
                JsonCodec.of(Integer.class));
        Path file = new SnapshotStore(directory, 10).save(empty, "no workload", codec);
        assertEquals(2, run("run", "--restore", directory));
        assertTrue(err.toString().contains(file + " is of another program"), err.toString());
        assertNotNull(new SnapshotStore(directory, 10).save(empty, newest.about(), codec));
        assertEquals(2, run("run", "--restore", directory));
        assertTrue(err.toString().contains(file + " holds processes"), err.toString());
    }
}
