package org.chandylamport.store;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Iterables;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;

/**
 * A directory of snapshots, from which a system can be started again after a crash at any moment.
 *
 * <p>Each snapshot is a file, {@code 7.snapshot} for number 7. It is written beside that name,
 * synced, and renamed, and the rename is synced: what stands under the name is whole, or the disk
 * has damaged it, which {@link #newest} notices.
 *
 * <p>Thread-safe. Blocks while it reads and writes. One program at a time saves to a directory.
 */
public final class SnapshotStore {

    private static final Pattern NAME = Pattern.compile("(0|[1-9][0-9]{0,17})\\.snapshot");
    private static final String SUFFIX = ".snapshot";
    private static final String UNFINISHED = ".unfinished";

    private final Path directory;
    private final int keep;

    /**
     * The store in this directory, which the first save creates.
     *
     * @param keep how many snapshots, the newest, a save leaves there
     */
    public SnapshotStore(Path directory, int keep) {
        checkArgument(keep > 0, "at least 1 snapshot is kept, not %s", keep);
        this.directory = directory;
        this.keep = keep;
    }

    /**
     * What a directory holds.
     *
     * @param newest the whole snapshot with the highest number
     * @param damaged the files with higher numbers, which are not whole, each with what is wrong
     * @param next a number that is higher than all of these
     */
    public record Found(
            Optional<StoredSnapshot> newest,
            ImmutableSortedMap<Path, String> damaged,
            SnapshotId next) {}

    /**
     * Stores a snapshot. When this returns it survives a crash, and older ones have been deleted.
     *
     * @param about says of what system it is
     * @return the file
     * @throws IOException if it cannot be written; the message names the file
     */
    public <S, M> Path save(Snapshot<S, M> snapshot, String about, Codec<Snapshot<S, M>> codec)
            throws IOException {
        SnapshotId id = snapshot.id();
        byte[] bytes = StoredSnapshot.toBytes(id, about, codec.encode(snapshot));
        return save(id, bytes);
    }

    private synchronized Path save(SnapshotId id, byte[] bytes) throws IOException {
        Path file = directory.resolve(id + SUFFIX);
        Path beside = directory.resolve(id + SUFFIX + UNFINISHED);
        try {
            create();
            write(beside, bytes);
            Files.move(beside, file,
                    StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            sync(directory);
            for (SnapshotId old : Iterables.skip(ids().descendingSet(), keep)) {
                Files.deleteIfExists(directory.resolve(old + SUFFIX));
            }
        } catch (IOException e) {
            throw new IOException(file + " cannot be written: " + e, e);
        }
        return file;
    }

    private static void write(Path beside, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.CREATE,
                StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            for (ByteBuffer rest = ByteBuffer.wrap(bytes); rest.hasRemaining(); ) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    private void create() throws IOException {
        if (Files.notExists(directory)) {
            Files.createDirectories(directory);
            Path parent = directory.toAbsolutePath().getParent();
            if (parent != null) {
                sync(parent);
            }
        }
    }

    /** Makes the names in a directory survive a crash, where directories can be opened. */
    private static void sync(Path directory) throws IOException {
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /**
     * Looks for the newest snapshot that is whole.
     *
     * @throws IOException if the directory is there and cannot be read; the message names it
     */
    public Found newest() throws IOException {
        ImmutableSortedMap.Builder<Path, String> damaged = ImmutableSortedMap.naturalOrder();
        ImmutableSortedSet<SnapshotId> ids = ids();
        SnapshotId next = new SnapshotId(ids.isEmpty() ? 1 : ids.last().number() + 1);
        for (SnapshotId id : ids.descendingSet()) {
            Path file = directory.resolve(id + SUFFIX);
            try {
                StoredSnapshot whole = StoredSnapshot.of(file, id, Files.readAllBytes(file));
                return new Found(Optional.of(whole), damaged.buildOrThrow(), next);
            } catch (CodecException e) {
                damaged.put(file, String.valueOf(e.getMessage()));
            } catch (IOException | OutOfMemoryError e) {
                damaged.put(file, "it cannot be read: " + e);
            }
        }
        return new Found(Optional.empty(), damaged.buildOrThrow(), next);
    }

    /** The numbers for which there is a file, whole or not. */
    private ImmutableSortedSet<SnapshotId> ids() throws IOException {
        if (Files.notExists(directory)) {
            return ImmutableSortedSet.of();
        }
        ImmutableSortedSet.Builder<SnapshotId> ids = ImmutableSortedSet.naturalOrder();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    ids.add(new SnapshotId(Long.parseLong(name.group(1))));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new IOException(directory + " cannot be read: " + e, e);
        }
        return ids.build();
    }
}
