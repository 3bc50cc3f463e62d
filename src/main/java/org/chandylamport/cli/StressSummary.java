package org.chandylamport.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.Multiset;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** What a stress test says at its end. */
record StressSummary(Stress stress, Duration duration) {

    private static final int MOST_COMPLAINTS = 5;

    /** The counts in one line. */
    static String counts(Stress stress) {
        return String.format(Locale.ROOT, "%,d systems, %,d messages, %,d snapshots",
                stress.systems(), stress.messages(), stress.snapshots().size());
    }

    void print(PrintWriter out) {
        out.printf(Locale.ROOT, "%s in %,.1f s%n", counts(stress), duration.toMillis() / 1e3);
        print("snapshots", stress.snapshots(), out);
        print("faults injected", stress.faults(), out);
        out.printf(Locale.ROOT, "%,d wrong snapshots, %,d hangs, %,d systems with complaints%n",
                stress.snapshots().count(Ending.WRONG), stress.hung(), stress.failed());
        Stress.Failure failure = stress.firstFailure();
        if (failure != null) {
            print(failure, out);
        }
    }

    private static void print(Stress.Failure failure, PrintWriter out) {
        out.printf(Locale.ROOT, "The first is system %,d; %s%n", failure.system(),
                failure.trace() == null
                        ? "there is no trace of it"
                        : "its trace is " + failure.trace());
        failure.complaints().stream().limit(MOST_COMPLAINTS)
                .forEach(complaint -> out.println("  " + complaint));
        int more = failure.complaints().size() - MOST_COMPLAINTS;
        if (more > 0) {
            out.printf(Locale.ROOT, "  and %,d more%n", more);
        }
    }

    private static void print(String title, Multiset<?> counted, PrintWriter out) {
        String before = title;
        for (Multiset.Entry<?> entry : counted.entrySet()) {
            out.printf(Locale.ROOT, "%-15s  %,12d  %s%n",
                    before, entry.getCount(), entry.getElement());
            before = "";
        }
    }

    ObjectNode asJson() {
        ObjectNode result = JsonMapper.builder().build().createObjectNode()
                .put("seconds", duration.toMillis() / 1e3)
                .put("systems", stress.systems())
                .put("messages", stress.messages())
                .put("hangs", stress.hung())
                .put("systemsWithComplaints", stress.failed());
        put(result, "snapshots", stress.snapshots());
        put(result, "faultsInjected", stress.faults());
        Stress.Failure failure = stress.firstFailure();
        if (failure != null) {
            failure.complaints().forEach(result.putArray("complaints")::add);
            result.put("trace", failure.trace() == null ? null : failure.trace().toString());
        }
        return result;
    }

    private static void put(ObjectNode result, String name, Multiset<?> counted) {
        ObjectNode counts = result.putObject(name);
        counted.entrySet().forEach(entry ->
                counts.put(String.valueOf(entry.getElement()), entry.getCount()));
    }
}
