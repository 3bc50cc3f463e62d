package org.chandylamport.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Joiner;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.Locale;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.jspecify.annotations.Nullable;

/** Says what happens at a node, as it happens: a line each, for people or for programs. */
final class NodeReport {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final PrintWriter out;
    private final boolean isJson;

    NodeReport(PrintWriter out, boolean isJson) {
        this.out = out;
        this.isJson = isJson;
    }

    /** The node can be reached. */
    void listening(String hostAndPort) {
        say(event("listening").put("address", hostAndPort), "listens at " + hostAndPort);
    }

    /** All nodes are connected. */
    void started(Collection<ProcessId> processes) {
        ObjectNode event = event("started");
        names(event.putArray("processes"), processes);
        say(event, "all nodes are connected; here run " + (processes.isEmpty()
                ? "no processes" : Joiner.on(' ').join(processes)));
    }

    /** So many messages have been received, by all. */
    void received(long count) {
        if (isJson) {
            say(event("received").put("count", count), "");
        }
    }

    /** A snapshot is complete. */
    void snapshot(Snapshot<?, ?> snapshot, long nanos) {
        long transit = snapshot.state().inTransit();
        ObjectNode event = event("snapshot").put("snapshot", snapshot.id().number())
                .put("nanos", nanos).put("inTransit", transit);
        names(event.putArray("initiators"), snapshot.initiators());
        say(event, String.format(Locale.ROOT, "snapshot %s: %,d microseconds, %,d messages in"
                        + " transit, initiated by %s", snapshot.id(), nanos / 1000, transit,
                Joiner.on(' ').join(snapshot.initiators())));
    }

    /** A snapshot was given up, perhaps before it had a number. */
    void aborted(@Nullable SnapshotId id, long nanos, String cause) {
        ObjectNode event = event("aborted").put("nanos", nanos).put("cause", cause);
        if (id != null) {
            event.put("snapshot", id.number());
        }
        say(event, cause);
    }

    /** The app has come to its end. */
    void finished(long received, long nanos) {
        say(event("finished").put("received", received).put("nanos", nanos),
                String.format(Locale.ROOT, "%,d messages received here in %.2f s",
                        received, nanos / 1e9));
    }

    private static ObjectNode event(String name) {
        return JSON.createObjectNode().put("event", name);
    }

    private static void names(ArrayNode list, Collection<ProcessId> processes) {
        processes.forEach(p -> list.add(p.name()));
    }

    private synchronized void say(ObjectNode event, String sentence) {
        out.println(isJson ? event : sentence);
        out.flush();
    }
}
