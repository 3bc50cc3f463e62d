package org.chandylamport.trace;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;

/**
 * A trace that is being written: the header at once, then a line for each event, recorded global
 * state and aborted snapshot that it is given.
 *
 * <p>States and messages are written as Jackson sees them: numbers, strings, records, collections.
 * A state is written where the event changed it, and after every {@link Event.Internal}.
 *
 * <p>The trace stands under its name only when it is whole: until {@link #close} it is written to a
 * file beside it, whose name ends in {@value #UNFINISHED}; that file stays if the program is killed
 * or a write fails. A name that ends in {@code .gz} is compressed. Something that is no regular
 * file, such as a pipe, is written to directly.
 *
 * <p>Not thread-safe. Once a method has thrown, only {@link #close} may be called.
 *
 * @param <S> states of processes
 * @param <M> messages
 */
public final class TraceWriter<S, M> implements Closeable, Flushable {

    /** What the name of a trace ends in that has not been closed. */
    public static final String UNFINISHED = ".unfinished";

    private final TraceFile file;
    private final LineWriter line;
    private final Map<ProcessId, Known<S>> processes = new HashMap<>();
    private final Map<Channel, Ends<S>> channels = new HashMap<>();
    private boolean isClosed;

    /** What is known of a process: its name as JSON, and the state that the trace says it has. */
    private static final class Known<S> {
        final SerializableString name;
        S state;

        Known(ProcessId p, S state) {
            this.name = new SerializedString(p.name());
            this.state = state;
        }
    }

    private record Ends<S>(SerializableString name, Known<S> from, Known<S> to) {}

    /**
     * Opens a trace and writes its header.
     *
     * @param initial the global state before the first event
     * @throws IllegalArgumentException if a process has no initial state
     */
    public TraceWriter(Path target, Topology topology, GlobalState<S, M> initial)
            throws IOException {
        for (ProcessId p : topology.processes()) {
            S state = initial.processes().get(p);
            checkArgument(state != null, "process %s has no initial state", p);
            processes.put(p, new Known<>(p, state));
        }
        topology.channels().forEach(c -> channels.put(c, new Ends<>(
                new SerializedString(c.name()), of(c.from()), of(c.to()))));
        file = new TraceFile(target);
        try {
            line = new LineWriter(file.stream());
            line.header(topology, initial);
        } catch (IOException | RuntimeException e) {
            try (file) {
                throw e;
            }
        }
    }

    /**
     * Writes one event. The events of one process come in the order in which it performed them.
     *
     * @throws IllegalArgumentException if the topology does not have its process or channel
     */
    public void event(Event<S, M> event) throws IOException {
        if (event instanceof Event.Send<S, M> send) {
            Ends<S> c = of(send.channel());
            begin("Send", c.from);
            message(c, send.message());
            if (send.sameStep()) {
                line.sameStep();
            }
            stateIfChanged(c.from, send.state());
        } else if (event instanceof Event.Receive<S, M> receive) {
            Ends<S> c = of(receive.channel());
            begin("Receive", c.to);
            message(c, receive.message());
            stateIfChanged(c.to, receive.state());
        } else if (event instanceof Event.Internal<S, M> internal) {
            Known<S> p = of(internal.process());
            begin("Internal", p);
            state(p, internal.state());
        } else if (event instanceof Event.System<S, M> system) {
            system(system);
        }
        line.end();
    }

    /** Writes a recorded global state, or a part of one. */
    public void snapshot(Snapshot<S, M> part) throws IOException {
        line.begin("Snapshot");
        line.snapshotId(part.id());
        if (!part.initiators().isEmpty()) {
            line.initiators(part.initiators());
        }
        line.states(part.state());
        line.contents(part.state());
        line.end();
    }

    /** Writes that the system gave a snapshot up, and why. */
    public void aborted(SnapshotId snapshot, String cause) throws IOException {
        line.begin("Aborted");
        line.snapshotId(snapshot);
        line.field(LineWriter.CAUSE, cause);
        line.end();
    }

    /** Hands everything that is written so far to the operating system. */
    @Override
    public void flush() throws IOException {
        line.flush();
    }

    /**
     * Ends the trace and puts it under its name, unless a line could not be written. Does nothing
     * if it is closed.
     */
    @Override
    public void close() throws IOException {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try (file) {
            if (line.isIntact()) {
                line.flush();
                file.finish();
            }
        }
    }

    private void system(Event.System<S, M> event) throws IOException {
        if (event instanceof Event.ReceiveMarker<S, M> receive) {
            Ends<S> c = of(receive.channel());
            begin("ReceiveMarker", c.to);
            line.name(LineWriter.CHANNEL, c.name);
        } else {
            String action = event instanceof Event.RecordState ? "RecordState" : "Abandon";
            begin(action, of(event.process()));
        }
        line.snapshotId(event.snapshot());
    }

    private void begin(String action, Known<S> p) throws IOException {
        line.begin(action);
        line.name(LineWriter.PROCESS, p.name);
    }

    private void message(Ends<S> c, M message) throws IOException {
        line.name(LineWriter.CHANNEL, c.name);
        line.field(LineWriter.MESSAGE, message);
    }

    private void stateIfChanged(Known<S> p, S state) throws IOException {
        if (!state.equals(p.state)) {
            state(p, state);
        }
    }

    private void state(Known<S> p, S state) throws IOException {
        p.state = state;
        line.field(LineWriter.STATE, state);
    }

    private Known<S> of(ProcessId p) {
        Known<S> known = processes.get(p);
        checkArgument(known != null, "there is no process %s", p);
        return known;
    }

    private Ends<S> of(Channel c) {
        Ends<S> ends = channels.get(c);
        checkArgument(ends != null, "there is no channel %s", c);
        return ends;
    }
}
