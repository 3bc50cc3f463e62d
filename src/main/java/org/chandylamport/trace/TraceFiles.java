package org.chandylamport.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.annotations.VisibleForTesting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.chandylamport.check.Oracle;
import org.chandylamport.check.Report;
import org.chandylamport.model.ProcessId;
import org.jspecify.annotations.Nullable;

/**
 * The files of one trace, which begin with the same header and are read in step: next from the file
 * that holds the process whose event is awaited, else from the one whose processes have the most
 * messages to receive. The lines of one process stand in one file.
 *
 * <p>What is kept is bounded by the messages in flight and the open snapshots, where lines
 * interleave as they happened, or each process has a file of its own. Otherwise events wait in
 * memory for those that stand later; more than {@link #limit} of them are refused.
 *
 * <p>Not thread-safe.
 */
public final class TraceFiles implements AutoCloseable {

    /** So many lines are read from one file before another is chosen. */
    private static final int STRIDE = 16;

    /**
     * Once in so many choices the file that is furthest behind is chosen, so that none starves;
     * more seldom where messages accumulate: half as often at {@link #PATIENCE} messages.
     */
    private static final double FAIR = 8;

    private static final double PATIENCE = 256;
    private static final int SELDOM = 1 << 16;
    private static final int MENTIONED = 10;
    private static final int BYTES_KEPT = 1 << 10;

    private final SnapshotNames snapshots = new SnapshotNames();
    private final List<Source> unfinished = new ArrayList<>();
    private final Map<ProcessId, Source> homes = new HashMap<>();
    private final Header header;
    private final long limit;
    private double fairness;
    private long lines;

    /** A file, and the processes that have a line in it. */
    private static final class Source {
        final TraceReader reader;
        final Set<ProcessId> processes = new TreeSet<>();

        Source(TraceReader reader) {
            this.reader = reader;
        }
    }

    /**
     * Opens files and reads their headers.
     *
     * @param files paths, or {@code -} for standard input; one or more
     * @param lost processes whose logs may lack their end: a last line that is cut short is dropped
     */
    public TraceFiles(List<String> files, Set<ProcessId> lost) throws TraceException {
        this(files, lost, limit());
    }

    @VisibleForTesting
    TraceFiles(List<String> files, Set<ProcessId> lost, long limit) throws TraceException {
        this.limit = limit;
        try {
            for (String file : files) {
                unfinished.add(new Source(TraceReader.open(file, snapshots, lost)));
            }
            header = commonHeader(lost);
        } catch (TraceException e) {
            close();
            throw e;
        }
    }

    /** The header of all files. */
    public Header header() {
        return header;
    }

    /** What the snapshots are called in these files. */
    public SnapshotNames snapshots() {
        return snapshots;
    }

    /** How many events may wait for others: one for each KiB of the heap at its largest. */
    public static long limit() {
        return Runtime.getRuntime().maxMemory() / BYTES_KEPT;
    }

    /**
     * Tells an oracle all lines, and returns what it says.
     *
     * @param progress is told now and then how many lines have been read
     * @throws TraceException if a line cannot be read, or too much would have to be kept
     */
    public Report readInto(Oracle<JsonNode, JsonNode> oracle, LongConsumer progress)
            throws TraceException {
        while (!unfinished.isEmpty()) {
            Source source = next(oracle);
            for (int i = 0; i < STRIDE && tell(source, oracle); i++) {
                if (++lines % SELDOM == 0) {
                    progress.accept(lines);
                    check(source, oracle);
                }
            }
        }
        return oracle.finish();
    }

    @Override
    public void close() {
        unfinished.forEach(source -> source.reader.close());
    }

    private Header commonHeader(Set<ProcessId> lost) throws TraceException {
        TraceReader first = unfinished.get(0).reader;
        for (Source source : unfinished) {
            String difference = first.header().difference(source.reader.header());
            if (difference != null) {
                throw new TraceException(source.reader.file(), source.reader.line(),
                        "its header differs from that of " + first.file() + ": " + difference);
            }
        }
        for (ProcessId p : lost) {
            if (!first.header().topology().processes().contains(p)) {
                throw new TraceException(first.file(), first.line(),
                        "the header names no process " + p + ", which is said to be lost; it names "
                                + names(first.header().topology().processes()));
            }
        }
        return first.header();
    }

    private static String names(Set<ProcessId> processes) {
        String names = processes.stream()
                .limit(MENTIONED)
                .map(ProcessId::name)
                .collect(Collectors.joining(", "));
        int more = processes.size() - MENTIONED;
        return more <= 0 ? names : names + " and " + more + " others";
    }

    private Source next(Oracle<?, ?> oracle) {
        if (unfinished.size() == 1) {
            return unfinished.get(0);
        }
        for (ProcessId p : oracle.awaited()) {
            Source home = homes.get(p);
            if (home != null) {
                return home;
            }
        }
        Source urgent = unfinished.get(0);
        Source behind = urgent;
        for (Source source : unfinished) {
            urgent = isMoreUrgent(source, urgent, oracle) ? source : urgent;
            behind = isBehind(source, behind) ? source : behind;
        }
        fairness += 1 / (FAIR * (1 + urgency(urgent, oracle) / PATIENCE));
        if (fairness < 1) {
            return urgent;
        }
        fairness--;
        return behind;
    }

    private static boolean isMoreUrgent(Source source, Source other, Oracle<?, ?> oracle) {
        int order = Long.compare(urgency(source, oracle), urgency(other, oracle));
        return order > 0 || (order == 0 && isBehind(source, other));
    }

    /** A file whose processes are not known yet comes first. */
    private static long urgency(Source source, Oracle<?, ?> oracle) {
        return source.processes.isEmpty()
                ? Long.MAX_VALUE
                : source.processes.stream().mapToLong(oracle::inTransitTo).sum();
    }

    private static boolean isBehind(Source source, Source other) {
        int order = Double.compare(source.reader.progress(), other.reader.progress());
        return order < 0 || (order == 0 && source.reader.line() < other.reader.line());
    }

    /** Tells the oracle the next line of a file; returns whether to read on there. */
    private boolean tell(Source source, Oracle<JsonNode, JsonNode> oracle) throws TraceException {
        TraceLine line = source.reader.read();
        if (line instanceof TraceLine.EventLine event) {
            ProcessId p = event.event().process();
            learn(p, source);
            oracle.event(event.event());
        } else if (line instanceof TraceLine.SnapshotLine snapshot) {
            oracle.snapshot(snapshot.part());
        } else if (line instanceof TraceLine.AbortedLine aborted) {
            oracle.aborted(aborted.snapshot(), aborted.cause());
        } else {
            end(source, oracle);
            return false;
        }
        return unfinished.size() == 1 || oracle.awaited().isEmpty();
    }

    private void learn(ProcessId p, Source source) throws TraceException {
        Source home = homes.putIfAbsent(p, source);
        if (home == null) {
            source.processes.add(p);
        } else if (!home.equals(source)) {
            throw new TraceException(source.reader.file(), source.reader.line(), "process " + p
                    + " has lines in " + home.reader.file() + " too, and which come first is not"
                    + " known: the lines of one process belong in one file");
        }
    }

    private void end(Source source, Oracle<?, ?> oracle) {
        source.reader.close();
        unfinished.remove(source);
        source.processes.forEach(oracle::ended);
    }

    private void check(Source source, Oracle<?, ?> oracle) throws TraceException {
        if (oracle.pending() > limit) {
            throw new TraceException(source.reader.file(), source.reader.line(),
                    "more than " + limit + " events wait for those of " + names(oracle.awaited())
                            + ", which come later: write one file a process and name them all, or"
                            + " write the lines in the order in which they happened");
        }
    }
}
