package org.chandylamport.store;

import com.google.common.collect.ImmutableSortedSet;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chandylamport.model.Channel;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;

/**
 * A codec for snapshots, or for parts of one, made of one for states and one for messages.
 *
 * <p>The bytes are: the number (8 bytes), the initiators' names, each process's name and state,
 * each channel's name, its two ends and its messages. A list is preceded by its length (4 bytes), a
 * name, state or message by the number of its bytes (4 bytes). All big-endian.
 */
public final class SnapshotCodec<S, M> implements Codec<Snapshot<S, M>> {

    private final Codec<S> states;
    private final Codec<M> messages;

    /** The codec that writes states and messages with these two. */
    public SnapshotCodec(Codec<S> states, Codec<M> messages) {
        this.states = states;
        this.messages = messages;
    }

    @Override
    public byte[] encode(Snapshot<S, M> snapshot) throws CodecException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            write(snapshot, new DataOutputStream(bytes));
        } catch (CodecException e) {
            throw new CodecException("snapshot " + snapshot.id() + ": " + e.getMessage(), e);
        } catch (IOException | OutOfMemoryError e) {
            throw new CodecException(
                    "snapshot " + snapshot.id() + " is too large: " + e.getMessage(), e);
        }
        return bytes.toByteArray();
    }

    private void write(Snapshot<S, M> snapshot, DataOutputStream out) throws IOException {
        out.writeLong(snapshot.id().number());
        out.writeInt(snapshot.initiators().size());
        for (ProcessId p : snapshot.initiators()) {
            writeName(out, p.name());
        }
        out.writeInt(snapshot.state().processes().size());
        for (Map.Entry<ProcessId, S> entry : snapshot.state().processes().entrySet()) {
            writeName(out, entry.getKey().name());
            writeBytes(out, states.encode(entry.getValue()));
        }
        out.writeInt(snapshot.state().channels().size());
        for (Map.Entry<Channel, ? extends List<M>> e : snapshot.state().channels().entrySet()) {
            writeName(out, e.getKey().name());
            writeName(out, e.getKey().from().name());
            writeName(out, e.getKey().to().name());
            out.writeInt(e.getValue().size());
            for (M message : e.getValue()) {
                writeBytes(out, messages.encode(message));
            }
        }
    }

    @Override
    public Snapshot<S, M> decode(byte[] bytes) throws CodecException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        try {
            Snapshot<S, M> snapshot = read(in);
            if (in.available() > 0) {
                throw new CodecException(in.available() + " bytes stand behind the snapshot");
            }
            return snapshot;
        } catch (EOFException e) {
            throw new CodecException("the snapshot is cut short", e);
        } catch (CodecException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw new CodecException("it is no snapshot: " + e.getMessage(), e);
        }
    }

    private Snapshot<S, M> read(DataInputStream in) throws IOException {
        SnapshotId id = new SnapshotId(in.readLong());
        List<ProcessId> initiators = new ArrayList<>();
        for (int n = in.readInt(); n > 0; n--) {
            initiators.add(new ProcessId(readName(in)));
        }
        Map<ProcessId, S> processes = new HashMap<>();
        for (int n = in.readInt(); n > 0; n--) {
            ProcessId p = new ProcessId(readName(in));
            processes.put(p, decode(states, readBytes(in), "the state of process " + p));
        }
        Map<Channel, List<M>> channels = new HashMap<>();
        for (int n = in.readInt(); n > 0; n--) {
            Channel c = new Channel(
                    readName(in), new ProcessId(readName(in)), new ProcessId(readName(in)));
            List<M> contents = new ArrayList<>();
            for (int m = in.readInt(); m > 0; m--) {
                contents.add(decode(messages, readBytes(in), "a message of channel " + c));
            }
            channels.put(c, contents);
        }
        return new Snapshot<>(id, ImmutableSortedSet.copyOf(initiators),
                GlobalState.of(processes, channels));
    }

    private static <T> T decode(Codec<T> codec, byte[] bytes, String what) throws CodecException {
        try {
            return codec.decode(bytes);
        } catch (CodecException e) {
            throw new CodecException(what + ": " + e.getMessage(), e);
        }
    }

    private static void writeName(DataOutputStream out, String name) throws IOException {
        writeBytes(out, name.getBytes(StandardCharsets.UTF_8));
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readName(DataInputStream in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    /** Allocates no more than there is, whatever the length says. */
    private static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new EOFException();
        }
        return in.readNBytes(length);
    }
}
