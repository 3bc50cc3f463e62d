package org.chandylamport.picture;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.chandylamport.check.Report;
import org.chandylamport.check.Theorem1;
import org.chandylamport.check.Verdict;
import org.chandylamport.model.Computation;
import org.chandylamport.model.Event;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.trace.AuditReport;
import org.chandylamport.trace.Header;
import org.chandylamport.trace.SnapshotNames;
import org.chandylamport.trace.TraceException;
import org.chandylamport.trace.TraceFiles;
import org.chandylamport.trace.Witnesses;

/**
 * A trace that was read whole and audited, as pictures show it.
 *
 * @param audit the verdicts, and Theorem 1 for each snapshot that is consistent, as far as {@value
 *     Witnesses#REPLAYED} events replayed allow
 * @param events in the order in which pictures show them; where the cuts are not logged, with a
 *     RecordState at each cut that the audit found
 * @param arrows the messages and markers between them
 * @param snapshots what was recorded, without those that were only given up
 */
public record Execution(
        Header header,
        AuditReport audit,
        ImmutableList<Event<JsonNode, JsonNode>> events,
        ImmutableList<Arrow> arrows,
        ImmutableSortedMap<SnapshotId, Snapshot<JsonNode, JsonNode>> snapshots) {

    /**
     * Reads a trace, and audits it.
     *
     * @param files paths, or {@code -} for standard input; one or more
     * @param progress is told now and then how many lines have been read
     * @throws TraceException if it cannot be read
     * @throws IOException if it has more than {@value Witnesses#LIMIT} events
     */
    public static Execution read(List<String> files, LongConsumer progress)
            throws TraceException, IOException {
        try (TraceFiles trace = new TraceFiles(files, Set.of())) {
            Header header = trace.header();
            Witnesses witnesses = new Witnesses(header.oracle(Set.of()), header);
            Report report = trace.readInto(witnesses, progress);
            if (witnesses.isTooLong()) {
                throw new IOException(String.format(Locale.ROOT, "%s: the trace has %,d events, and"
                                + " pictures are made of at most %,d",
                        files.get(0), report.events(), Witnesses.LIMIT));
            }
            return of(header, report, witnesses, trace.snapshots());
        }
    }

    private static Execution of(
            Header header, Report report, Witnesses witnesses, SnapshotNames names) {
        ImmutableList<Event<JsonNode, JsonNode>> events =
                CausalOrder.of(header, events(header, report, witnesses));
        var snapshots = witnesses.snapshots();
        var computation = new Computation<>(header.topology(), header.initial(), events);
        var audit = new AuditReport(
                report, names, constructions(computation, report, snapshots));
        return new Execution(header, audit, events, Arrows.of(header, events), snapshots);
    }

    private static List<Event<JsonNode, JsonNode>> events(
            Header header, Report report, Witnesses witnesses) {
        if (!header.cutsUnlogged()) {
            return witnesses.events();
        }
        List<Event<JsonNode, JsonNode>> events = witnesses.events().stream()
                .filter(Event.Environment.class::isInstance).toList();
        for (Verdict verdict : report.snapshots()) {
            events = Witnesses.cut(events, verdict);
        }
        return events;
    }

    private static ImmutableSortedMap<SnapshotId, Theorem1<JsonNode, JsonNode>> constructions(
            Computation<JsonNode, JsonNode> computation, Report report,
            Map<SnapshotId, Snapshot<JsonNode, JsonNode>> snapshots) {
        Map<SnapshotId, Theorem1<JsonNode, JsonNode>> constructions = new TreeMap<>();
        report.snapshots().stream()
                .filter(verdict -> verdict.outcome() == Verdict.Outcome.CONSISTENT)
                .map(verdict -> snapshots.get(verdict.snapshot()))
                .limit(Witnesses.REPLAYED / Math.max(1, computation.events().size()))
                .forEach(s -> constructions.put(s.id(), Theorem1.construct(computation, s)));
        return ImmutableSortedMap.copyOf(constructions);
    }
}
