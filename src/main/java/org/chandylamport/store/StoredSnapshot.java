package org.chandylamport.store;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.chandylamport.model.SnapshotId;

/**
 * A snapshot as it stands in a file, whole.
 *
 * <p>The file is: a line that names the format and its version, the number of the snapshot (8
 * bytes), a text that says of what system it is, the snapshot as a codec wrote it, and the CRC-32C
 * of all that (4 bytes). The text and the snapshot are each preceded by their length (4 bytes). All
 * big-endian.
 */
public final class StoredSnapshot {

    /** The version of the format that is written, and the only one that is read. */
    static final int VERSION = 1;

    private static final String FORMAT = "chandy-lamport-snapshot ";
    private static final int LONGEST_LINE = 64;

    private final Path file;
    private final SnapshotId id;
    private final String about;
    private final byte[] snapshot;

    private StoredSnapshot(Path file, SnapshotId id, String about, byte[] snapshot) {
        this.file = file;
        this.id = id;
        this.about = about;
        this.snapshot = snapshot;
    }

    /** Where it stands. */
    public Path file() {
        return file;
    }

    /** Its number. */
    public SnapshotId id() {
        return id;
    }

    /** Of what system it is: the text that was stored with it. */
    public String about() {
        return about;
    }

    /**
     * The value that was stored.
     *
     * @throws CodecException if the codec does not understand it; the message names the file
     */
    public <T> T decode(Codec<T> codec) throws CodecException {
        try {
            return codec.decode(snapshot.clone());
        } catch (CodecException e) {
            throw new CodecException(file + ": " + e.getMessage(), e);
        }
    }

    /** The bytes of the file that holds this. */
    static byte[] toBytes(SnapshotId id, String about, byte[] snapshot) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(snapshot.length + 1024);
        DataOutputStream out = new DataOutputStream(bytes);
        out.write((FORMAT + VERSION + "\n").getBytes(StandardCharsets.US_ASCII));
        out.writeLong(id.number());
        byte[] text = about.getBytes(StandardCharsets.UTF_8);
        out.writeInt(text.length);
        out.write(text);
        out.writeInt(snapshot.length);
        out.write(snapshot);
        out.writeInt(checksum(bytes.toByteArray(), bytes.size()));
        return bytes.toByteArray();
    }

    /**
     * What a file holds.
     *
     * @throws CodecException if the bytes are not whole, or not of the snapshot that the file's
     *     name says; the message says what is wrong
     */
    static StoredSnapshot of(Path file, SnapshotId named, byte[] bytes) throws CodecException {
        int line = requireVersion(bytes);
        int end = Math.max(line, bytes.length - Integer.BYTES);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            int checksum = in.getInt(end);
            in.position(line).limit(end);
            SnapshotId id = new SnapshotId(in.getLong());
            String about = new String(next(in), StandardCharsets.UTF_8);
            byte[] snapshot = next(in);
            if (in.hasRemaining() || checksum(bytes, end) != checksum) {
                throw new CodecException("it is damaged: its checksum does not fit its content");
            }
            if (!id.equals(named)) {
                throw new CodecException("it holds snapshot " + id + ", which its name denies");
            }
            return new StoredSnapshot(file, id, about, snapshot);
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new CodecException("it is cut short or damaged", e);
        }
    }

    /** Checks the first line, and returns where the number begins. */
    private static int requireVersion(byte[] bytes) throws CodecException {
        int length = Math.min(bytes.length, LONGEST_LINE);
        String start = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        int end = start.indexOf('\n');
        if (end < 0 || !start.startsWith(FORMAT)) {
            throw new CodecException(bytes.length == 0
                    ? "it is empty"
                    : "it does not begin with the line '" + FORMAT + VERSION + "'");
        }
        String version = start.substring(FORMAT.length(), end);
        if (!version.equals(Integer.toString(VERSION))) {
            throw new CodecException("its format has version " + version + "; this program reads "
                    + VERSION);
        }
        return end + 1;
    }

    private static byte[] next(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
