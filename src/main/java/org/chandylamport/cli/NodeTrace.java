package org.chandylamport.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.chandylamport.model.Event;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.trace.TraceWriter;

/** The trace of a node, to which several threads write. Guarded by its own lock. */
final class NodeTrace<S, M> implements Closeable {

    private final TraceWriter<S, M> writer;

    NodeTrace(TraceWriter<S, M> writer) {
        this.writer = writer;
    }

    /** Something that can be written. */
    private interface Writing {
        void run() throws IOException;
    }

    private synchronized void write(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void event(Event<S, M> event) {
        write(() -> writer.event(event));
    }

    void snapshot(Snapshot<S, M> snapshot) {
        write(() -> {
            writer.snapshot(snapshot);
            writer.flush(); // Whoever asked will soon be known to have it.
        });
    }

    void aborted(SnapshotId snapshot, String cause) {
        write(() -> writer.aborted(snapshot, cause));
    }

    /** Hands what is written to the operating system: it survives this JVM. */
    void flush() {
        write(writer::flush);
    }

    @Override
    public synchronized void close() throws IOException {
        writer.close();
    }
}
