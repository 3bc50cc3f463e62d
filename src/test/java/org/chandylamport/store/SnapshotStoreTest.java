package org.chandylamport.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.chandylamport.Network;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.Channel;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.chandylamport.store.SnapshotStore.Found;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotStoreTest {

    private static final ProcessId P = new ProcessId("p");
    private static final ProcessId Q = new ProcessId("q");
    private static final Channel PQ = Channel.between(P, Q);
    private static final Codec<Snapshot<Integer, String>> CODEC =
            new SnapshotCodec<>(JsonCodec.of(Integer.class), JsonCodec.of(String.class));

    @TempDir
    private Path folder;

    private static Snapshot<Integer, String> snapshot(long id) {
        return new Snapshot<>(new SnapshotId(id), ImmutableSortedSet.of(P), GlobalState.of(
                Map.of(P, (int) id, Q, 20), Map.of(PQ, List.of("a", "ü", "a"))));
    }

    private SnapshotStore store() {
        return new SnapshotStore(folder.resolve("snapshots"), 3);
    }

    private void save(long... ids) throws IOException {
        for (long id : ids) {
            store().save(snapshot(id), "about " + id, CODEC);
        }
    }

    private Path file(long id) {
        return folder.resolve("snapshots").resolve(id + ".snapshot");
    }

    private Set<String> names() throws IOException {
        try (var files = Files.list(folder.resolve("snapshots"))) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    @Test
    void whatIsSavedIsFoundAndEqual() throws IOException {
        save(7);
        StoredSnapshot found = store().newest().newest().orElseThrow();
        assertEquals(snapshot(7), found.decode(CODEC));
        assertEquals("about 7", found.about());
        assertEquals(file(7), found.file());
    }

    @Test
    void theHighestNumberIsTheNewestWhateverTheOrderOfTheSaves() throws IOException {
        save(9, 11, 10);
        assertEquals(new SnapshotId(11), store().newest().newest().orElseThrow().id());
        assertEquals(new SnapshotId(12), store().newest().next());
    }

    @Test
    void theNewestAreKeptAndNothingElse() throws IOException {
        save(1, 2, 10, 9, 11);
        assertEquals(Set.of("9.snapshot", "10.snapshot", "11.snapshot"), names());
    }

    @Test
    void anEmptyOrMissingDirectoryHoldsNothing() throws IOException {
        assertTrue(store().newest().newest().isEmpty());
        Files.createDirectories(folder.resolve("snapshots"));
        assertTrue(store().newest().newest().isEmpty());
        assertEquals(new SnapshotId(1), store().newest().next());
    }

    @Test
    void everyTruncationIsDetectedAndTheOneBeforeIsUsed() throws IOException {
        save(1, 2);
        byte[] whole = Files.readAllBytes(file(2));
        for (int length = 0; length < whole.length; length++) {
            requireDamaged(Arrays.copyOf(whole, length));
        }
        requireDamaged(Arrays.copyOf(whole, whole.length + 1));
    }

    @Test
    void everyBitThatFlipsIsDetectedAndTheOneBeforeIsUsed() throws IOException {
        save(1, 2);
        byte[] whole = Files.readAllBytes(file(2));
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            requireDamaged(flipped);
        }
    }

    private void requireDamaged(byte[] bytes) throws IOException {
        Files.write(file(2), bytes);
        Found found = store().newest();
        assertEquals(Set.of(file(2)), found.damaged().keySet());
        assertEquals(snapshot(1), found.newest().orElseThrow().decode(CODEC));
        assertEquals(new SnapshotId(3), found.next());
    }

    @Test
    void whatIsWrongWithAFileIsSaid() throws IOException {
        save(1, 2);
        byte[] whole = Files.readAllBytes(file(2));
        Files.write(file(2), new byte[0]);
        assertEquals("it is empty", store().newest().damaged().get(file(2)));
        Files.write(file(2), Arrays.copyOf(whole, 40));
        assertEquals("it is cut short or damaged", store().newest().damaged().get(file(2)));
        Files.write(file(2), "chandy-lamport-snapshot 2\nmore".getBytes(StandardCharsets.UTF_8));
        assertEquals("its format has version 2; this program reads 1",
                store().newest().damaged().get(file(2)));
        Files.copy(file(1), file(3));
        assertEquals("it holds snapshot 1, which its name denies",
                store().newest().damaged().get(file(3)));
        Files.createDirectory(file(4));
        assertTrue(store().newest().damaged().get(file(4)).startsWith("it cannot be read"));
        assertEquals(new SnapshotId(5), store().newest().next());
    }

    @Test
    void aFileThatACrashLeftUnfinishedIsNotRead() throws IOException {
        save(1);
        Files.write(folder.resolve("snapshots/2.snapshot.unfinished"), new byte[] {1, 2, 3});
        Files.write(folder.resolve("snapshots/notes.txt"), new byte[] {1, 2, 3});
        assertEquals(new SnapshotId(1), store().newest().newest().orElseThrow().id());
        assertTrue(store().newest().damaged().isEmpty());
        save(2);
        assertEquals(Set.of("1.snapshot", "2.snapshot", "notes.txt"), names());
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("snapshots"));
        var e = assertThrows(IOException.class, () -> save(1));
        assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
        e = assertThrows(IOException.class, () -> store().newest());
        assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
    }

    @Test
    void aSnapshotThatTheCodecRefusesIsNotStored() throws IOException {
        Codec<Snapshot<Integer, String>> narrow =
                new SnapshotCodec<>(JsonCodec.of(Integer.class), JsonCodec.of(String.class, 3));
        var e = assertThrows(CodecException.class,
                () -> store().save(snapshot(1), "", narrow));
        assertEquals("snapshot 1: a String takes 4 bytes; 3 are allowed", e.getMessage());
        assertFalse(Files.exists(file(1)));
        save(1);
        e = assertThrows(CodecException.class,
                () -> store().newest().newest().orElseThrow().decode(narrow));
        assertEquals(file(1) + ": a message of channel p->q: a String takes 4 bytes; 3 are allowed",
                e.getMessage());
    }

    @Test
    void aNetworkGoesOnFromAStoredSnapshot() throws Exception {
        Topology topology = Topology.ring(P, Q);
        Behavior<Integer, String> count = (state, c, message, outbox) -> state + 1;
        SnapshotId next;
        try (var network = Network.start(topology, count, GlobalState.initial(topology, 0))) {
            network.execute(P, (state, outbox) -> {
                outbox.send(Q, "hello");
                return state;
            }).join();
            store().save(network.snapshot(Q).join(), "", CODEC);
        }
        Found found = store().newest();
        Snapshot<Integer, String> stored = found.newest().orElseThrow().decode(CODEC);
        try (var network = Network.configure(topology, p -> count, stored.state())
                .firstSnapshot(found.next()).start()) {
            next = network.snapshot(P).join().id();
            while (network.received() < stored.state().inTransit()) {
                Thread.yield();
            }
            assertEquals(1, network.snapshot(P).join().state().processes().get(Q));
        }
        assertEquals(new SnapshotId(2), next);
    }
}
