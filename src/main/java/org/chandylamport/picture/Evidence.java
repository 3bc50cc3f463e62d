package org.chandylamport.picture;

import static java.util.Objects.requireNonNull;
import static org.chandylamport.picture.Arrow.NONE;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.chandylamport.check.Verdict;
import org.chandylamport.check.Violation;
import org.chandylamport.check.Violation.Kind;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event.RecordState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.jspecify.annotations.Nullable;

/** The events, arrows and processes that violations are about: what pictures show in red. */
final class Evidence {

    private final Set<Integer> events = new TreeSet<>();
    private final Set<Arrow> arrows = new LinkedHashSet<>();
    private final Set<ProcessId> processes = new TreeSet<>();

    private Evidence() {}

    /** The evidence against a snapshot. */
    static Evidence against(Execution execution, Verdict verdict) {
        return of(execution, verdict.violations(), verdict.snapshot());
    }

    /** The evidence against the trace as a computation over reliable FIFO channels. */
    static Evidence againstTrace(Execution execution) {
        return of(execution, execution.audit().report().trace(), null);
    }

    private static Evidence of(
            Execution execution, List<Violation> violations, @Nullable SnapshotId snapshot) {
        Evidence evidence = new Evidence();
        ListMultimap<Channel, Violation> channels = ArrayListMultimap.create();
        Set<ProcessId> recording = new TreeSet<>();
        for (Violation violation : violations) {
            if (violation.channel() != null) {
                channels.put(violation.channel(), violation);
                recording.add(violation.channel().from());
                recording.add(violation.channel().to());
            }
            if (violation.process() != null) {
                evidence.processes.add(violation.process());
                recording.add(violation.process());
            }
        }
        for (Arrow arrow : execution.arrows()) {
            if (channels.get(arrow.channel()).stream().anyMatch(v -> isAbout(v, arrow, snapshot))) {
                evidence.add(arrow);
            }
        }
        for (int i = 0; i < execution.events().size(); i++) {
            if (execution.events().get(i) instanceof RecordState<JsonNode, JsonNode> record
                    && record.snapshot().equals(snapshot)
                    && recording.contains(record.process())) {
                evidence.events.add(i);
            }
        }
        return evidence;
    }

    private static boolean isAbout(
            Violation violation, Arrow arrow, @Nullable SnapshotId snapshot) {
        return arrow.isMessage()
                ? arrow.number() == violation.message()
                : violation.kind() == Kind.MARKER_RULE
                        && requireNonNull(arrow.marker()).equals(snapshot);
    }

    private void add(Arrow arrow) {
        arrows.add(arrow);
        for (int event : new int[] {arrow.from(), arrow.to()}) {
            if (event != NONE) {
                events.add(event);
            }
        }
    }

    boolean isAbout(int event) {
        return events.contains(event);
    }

    boolean isAbout(Arrow arrow) {
        return arrows.contains(arrow);
    }

    boolean isAbout(ProcessId p) {
        return processes.contains(p);
    }

    Set<Integer> events() {
        return events;
    }

    Set<Arrow> arrows() {
        return arrows;
    }

    Set<ProcessId> processes() {
        return processes;
    }
}
