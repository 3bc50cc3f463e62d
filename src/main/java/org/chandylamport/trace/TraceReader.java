package org.chandylamport.trace;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.common.annotations.VisibleForTesting;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Set;
import org.chandylamport.model.ProcessId;
import org.jspecify.annotations.Nullable;

/**
 * A trace that is being read: its header at once, then one line after another. Needs memory for the
 * longest line and the last state of each process, whatever the length of the trace.
 *
 * <p>Blank lines are skipped. Fields that the format does not have are ignored, unless their name
 * is one of the format's in other letters ({@code samestep}, {@code same_step}). A field of the
 * format on a line that has no use for it is ignored too, except {@code sameStep}, which only a
 * {@code Send} may have.
 *
 * <p>What exceeds the limits of this package is refused, as what is no JSON.
 *
 * <p>Not thread-safe.
 */
public final class TraceReader implements AutoCloseable {

    private static final String CUT = "the compressed data is cut short";
    private static final String CUT_LINE = "the last line is cut short: no newline ends it, and ";

    private final String file;
    private final Lines lines;
    private final Set<ProcessId> lost;
    private final Header header;
    private final LineReader reader;

    /**
     * Opens a trace and reads its header. Compressed files (gzip) are known by their content.
     *
     * @param file a path, or {@code -} for standard input
     * @param snapshots the names of the snapshots, shared by the files of one trace
     * @param lost processes whose logs may lack their end: a last line that is cut short is
     *     dropped, where it can be theirs
     */
    public static TraceReader open(String file, SnapshotNames snapshots, Set<ProcessId> lost)
            throws TraceException {
        return new TraceReader(file, Lines.open(file), snapshots, lost);
    }

    @VisibleForTesting
    static TraceReader of(InputStream stream, SnapshotNames snapshots, Set<ProcessId> lost)
            throws TraceException {
        try {
            return new TraceReader("-", new Lines("-", stream, 0), snapshots, lost);
        } catch (IOException e) {
            throw new TraceException("-", "it cannot be read: " + e.getMessage());
        }
    }

    private TraceReader(String file, Lines lines, SnapshotNames snapshots, Set<ProcessId> lost)
            throws TraceException {
        this.file = file;
        this.lines = lines;
        this.lost = lost;
        try {
            header = readHeader();
        } catch (TraceException e) {
            lines.close();
            throw e;
        }
        reader = new LineReader(header, snapshots);
    }

    private Header readHeader() throws TraceException {
        if (!lines.next()) {
            throw new TraceException(file, 1, lines.isCompressedCut()
                    ? CUT : "expected the header, but the trace is empty");
        }
        try {
            return Header.of(fields().checked());
        } catch (Malformed e) {
            throw wrong(e);
        }
    }

    /** The file as it was named. */
    public String file() {
        return file;
    }

    /** The first line. */
    public Header header() {
        return header;
    }

    /** The number of the line that was read last, from 1. */
    public long line() {
        return lines.number();
    }

    /** How much of the file has been read, between 0 and 1; 0 where that cannot be known. */
    public double progress() {
        return lines.progress();
    }

    /** The next line, or null at the end. */
    public @Nullable TraceLine read() throws TraceException {
        if (!lines.next()) {
            if (lines.isCompressedCut() && !mayLackItsEnd()) {
                throw new TraceException(file, lines.number(), CUT);
            }
            return null;
        }
        Fields line;
        try {
            line = fields();
        } catch (Malformed e) {
            if (lines.isCut() && mayLackItsEnd()) {
                return null;
            }
            throw wrong(e);
        }
        try {
            return reader.read(line.checked());
        } catch (Malformed e) {
            throw wrong(e);
        }
    }

    @Override
    public void close() {
        lines.close();
    }

    private Fields fields() throws Malformed {
        if (!lines.isUtf8()) {
            throw new Malformed(lines.isCut() ? CUT_LINE + "it is not UTF-8" : "this is not UTF-8");
        }
        try (JsonParser json =
                CanonicalJson.parser(lines.bytes(), lines.start(), lines.length())) {
            return Fields.read(json);
        } catch (JsonProcessingException e) {
            throw new Malformed((lines.isCut() ? CUT_LINE + "it is not JSON: " : "not JSON: ")
                    + sentence(e));
        } catch (IOException e) {
            throw new Malformed("not JSON: " + e.getMessage());
        }
    }

    /** What Jackson says, without its own advice, and without where it stands in its input. */
    private static String sentence(JsonProcessingException e) {
        String text = e.getOriginalMessage().lines().findFirst().orElse("");
        String what = text.replaceFirst("( \\(start marker at|: enable `| \\(`StreamRead).*", "");
        return e.getLocation() == null
                ? what
                : what + " (column " + e.getLocation().getColumnNr() + ")";
    }

    private boolean mayLackItsEnd() {
        Set<ProcessId> seen = reader.seen();
        return seen.isEmpty() ? !lost.isEmpty() : !Collections.disjoint(seen, lost);
    }

    private TraceException wrong(Malformed e) {
        return new TraceException(file, lines.number(), e.problem());
    }
}
