package org.chandylamport.trace;

import com.google.common.base.Utf8;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The lines of one source, one at a time, without the blank ones. Compressed bytes are known by
 * their first two. The current line is {@link #length} bytes of {@link #bytes} from {@link #start}.
 */
final class Lines implements AutoCloseable {

    /** The longest line, in bytes. */
    static final int LIMIT = 1 << 24;

    private static final int BUFFER = 1 << 16;

    private final String file;
    private final Position raw;
    private final InputStream in;
    private byte[] buffer = new byte[BUFFER];
    private int start;
    private int end;
    private int filled;
    private long number;
    private boolean isEnded;
    private boolean isCompressedCut;

    /** Opens a file, or standard input where its name is {@code -}. */
    static Lines open(String file) throws TraceException {
        try {
            return file.equals("-")
                    ? new Lines(file, System.in, 0)
                    : open(file, Path.of(file));
        } catch (NoSuchFileException e) {
            throw new TraceException(file, "there is no such file");
        } catch (InvalidPathException e) {
            throw new TraceException(file, "this cannot name a file: " + e.getReason());
        } catch (EOFException e) {
            throw new TraceException(file, "the compressed data is cut short");
        } catch (IOException e) {
            throw new TraceException(file, "it cannot be read: " + e.getMessage());
        }
    }

    private static Lines open(String file, Path path) throws IOException {
        long size = Files.isRegularFile(path) ? Files.size(path) : 0;
        InputStream stream = Files.newInputStream(path);
        try {
            return new Lines(file, stream, size);
        } catch (IOException e) {
            stream.close();
            throw e;
        }
    }

    /**
     * Lines of a stream.
     *
     * @param size how many bytes it holds, 0 where that is not known
     */
    Lines(String file, InputStream stream, long size) throws IOException {
        this.file = file;
        this.raw = new Position(new BufferedInputStream(stream, BUFFER), size);
        raw.mark(2);
        boolean isCompressed = raw.read() == 0x1f && raw.read() == 0x8b;
        raw.reset();
        this.in = isCompressed ? new GZIPInputStream(raw, BUFFER) : raw;
    }

    /** Goes to the next line that is not blank, or returns false where there is none. */
    boolean next() throws TraceException {
        while (advance()) {
            if (!isBlank()) {
                return true;
            }
        }
        return false;
    }

    byte[] bytes() {
        return buffer;
    }

    int start() {
        return start;
    }

    int length() {
        return end - start;
    }

    /** The number of the current line, from 1. */
    long number() {
        return number;
    }

    /** Whether the current line has no newline at its end. */
    boolean isCut() {
        return isEnded && end == filled;
    }

    /** Whether the source is compressed and lacks its end, as far as is known. */
    boolean isCompressedCut() {
        return isCompressedCut;
    }

    /** Whether it is UTF-8; where zeros stand at its beginning it would be taken for UTF-16. */
    boolean isUtf8() {
        for (int i = start; i < Math.min(start + Integer.BYTES, end); i++) {
            if (buffer[i] == 0) {
                return false;
            }
        }
        return Utf8.isWellFormed(buffer, start, length());
    }

    /** How much of the source has been read, between 0 and 1; 0 where that is not known. */
    double progress() {
        return raw.fraction();
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            // What has been read is not less true.
        }
    }

    private boolean advance() throws TraceException {
        start = Math.min(filled, number == 0 ? 0 : end + 1);
        number++;
        end = newline(start);
        while (end == filled && fill()) {
            end = newline(end);
        }
        checkLength();
        return end < filled || filled > start;
    }

    /** Where the next newline stands, or the end of what has been read. */
    private int newline(int from) {
        byte[] bytes = buffer;
        int i = from;
        while (i < filled && bytes[i] != '\n') {
            i++;
        }
        return i;
    }

    /** Reads on behind the current line, which it moves to the front. */
    private boolean fill() throws TraceException {
        if (isEnded) {
            return false;
        }
        checkLength();
        System.arraycopy(buffer, start, buffer, 0, filled - start);
        filled -= start;
        start = 0;
        end = filled;
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * filled);
        }
        int count = read();
        isEnded = count < 0;
        filled += Math.max(count, 0);
        return !isEnded;
    }

    private void checkLength() throws TraceException {
        if (length() > LIMIT) {
            throw new TraceException(file, number, "the line is longer than " + LIMIT + " bytes");
        }
    }

    private int read() throws TraceException {
        try {
            return in.read(buffer, filled, buffer.length - filled);
        } catch (EOFException e) {
            isCompressedCut = true;
            return -1;
        } catch (ZipException e) {
            throw new TraceException(
                    file, number, "the compressed data is damaged: " + e.getMessage());
        } catch (IOException e) {
            throw new TraceException(file, number, "it cannot be read: " + e.getMessage());
        }
    }

    private boolean isBlank() {
        for (int i = start; i < end; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t' && buffer[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    /** Knows how far it has been read; and that more may come, which a compressed stream asks. */
    private static final class Position extends FilterInputStream {

        private final long size;
        private long position;

        Position(InputStream in, long size) {
            super(in);
            this.size = size;
        }

        double fraction() {
            return size == 0 ? 0 : (double) position / size;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = in.read(bytes, offset, length);
            position += Math.max(count, 0);
            return count;
        }

        /** Never 0: a compressed stream would take its first member for its last. */
        @Override
        public int available() throws IOException {
            return Math.max(1, in.available());
        }
    }
}
