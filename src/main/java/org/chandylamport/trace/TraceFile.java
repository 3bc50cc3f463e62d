package org.chandylamport.trace;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPOutputStream;

/**
 * A file that stands under its name only when it is whole: it is written beside that name, and
 * renamed by {@link #finish}.
 */
final class TraceFile implements Closeable {

    private static final int BUFFER = 1 << 16;

    private final Path target;
    private final Path written;
    private final FileOutputStream bytes;
    private final OutputStream stream;

    /** Names the file where it cannot be written, as opening it does. */
    private static final class NamedOutputStream extends FileOutputStream {

        private final Path file;

        NamedOutputStream(Path file) throws IOException {
            super(file.toFile());
            this.file = file;
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            try {
                super.write(from, offset, length);
            } catch (IOException e) {
                throw new IOException(file + " (" + e.getMessage() + ")", e);
            }
        }
    }

    TraceFile(Path target) throws IOException {
        boolean isPipe = Files.exists(target) && !Files.isRegularFile(target);
        this.target = target;
        this.written = isPipe
                ? target
                : target.resolveSibling(target.getFileName() + TraceWriter.UNFINISHED);
        this.bytes = new NamedOutputStream(written);
        OutputStream buffered = new BufferedOutputStream(bytes, BUFFER);
        this.stream = target.toString().endsWith(".gz")
                ? new GZIPOutputStream(buffered, BUFFER, true)
                : buffered;
    }

    /** Where to write; its flush reaches the operating system, compressed or not. */
    OutputStream stream() {
        return stream;
    }

    /** Puts what was written under the target's name. */
    void finish() throws IOException {
        if (stream instanceof GZIPOutputStream gzip) {
            gzip.finish();
        }
        stream.flush();
        if (!written.equals(target)) {
            bytes.getFD().sync();
            bytes.close();
            Files.move(written, target,
                    StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
