package org.chandylamport.check;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Computation;
import org.chandylamport.model.Event;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;

/** A trace of two processes, written line by line as a test tells it. States and messages: text. */
final class Story {

    static final ProcessId P = new ProcessId("p");
    static final ProcessId Q = new ProcessId("q");
    static final Channel PQ = Channel.between(P, Q);
    static final Channel QP = Channel.between(Q, P);
    static final Topology TOPOLOGY = Topology.complete(P, Q);
    static final GlobalState<String, String> INITIAL =
            GlobalState.initial(TOPOLOGY, p -> p + "0");

    final Oracle<String, String> oracle;
    final List<Event<String, String>> events = new ArrayList<>();

    private Story(Oracle<String, String> oracle) {
        this.oracle = oracle;
    }

    static Story audit(ProcessId... lost) {
        return new Story(new Audit<>(TOPOLOGY, INITIAL, Set.of(lost)));
    }

    /** Its audit keeps no more than this for snapshots that were given up. */
    static Story auditKeeping(long limit) {
        return new Story(new Audit<>(TOPOLOGY, INITIAL, Set.of(), limit));
    }

    static Story blackBox(ProcessId... lost) {
        return new Story(new BlackBox<>(TOPOLOGY, INITIAL, Set.of(lost)));
    }

    Story internal(ProcessId p, String state) {
        return event(new Event.Internal<>(p, state));
    }

    Story send(Channel c, String message, String state) {
        return event(new Event.Send<>(c, message, state, false));
    }

    Story sendInSameStep(Channel c, String message, String state) {
        return event(new Event.Send<>(c, message, state, true));
    }

    Story receive(Channel c, String message, String state) {
        return event(new Event.Receive<>(c, message, state));
    }

    Story record(ProcessId p) {
        return event(new Event.RecordState<>(p, id(1)));
    }

    Story marker(Channel c) {
        return event(new Event.ReceiveMarker<>(c, id(1)));
    }

    Story abandon(ProcessId p) {
        return event(new Event.Abandon<>(p, id(1)));
    }

    Story event(Event<String, String> event) {
        events.add(event);
        oracle.event(event);
        return this;
    }

    /** Says things that end nowhere, until the audit has looked at what it keeps. */
    Story muchHappens() {
        for (int i = 0; i < Audit.SELDOM; i++) {
            oracle.event(new Event.Internal<>(P, "p"));
        }
        return this;
    }

    Story aborted() {
        oracle.aborted(id(1), "it took too long");
        return this;
    }

    Story snapshot(String p, String q, List<String> pq, List<String> qp, ProcessId... initiators) {
        oracle.snapshot(whole(p, q, pq, qp, initiators));
        return this;
    }

    Story part(Map<ProcessId, String> processes, Map<Channel, List<String>> channels) {
        oracle.snapshot(new Snapshot<>(
                id(1), ImmutableSortedSet.of(), GlobalState.of(processes, channels)));
        return this;
    }

    Report finish() {
        return oracle.finish();
    }

    /** The verdict on the one snapshot of a valid trace. */
    Verdict verdict() {
        Report report = finish();
        if (!report.trace().isEmpty() || report.snapshots().size() != 1) {
            throw new AssertionError(report);
        }
        return report.snapshots().get(0);
    }

    Computation<String, String> computation() {
        return new Computation<>(TOPOLOGY, INITIAL, ImmutableList.copyOf(events));
    }

    static Snapshot<String, String> whole(String p, String q, List<String> pq, List<String> qp,
            ProcessId... initiators) {
        return new Snapshot<>(id(1), ImmutableSortedSet.copyOf(initiators),
                GlobalState.of(Map.of(P, p, Q, q), Map.of(PQ, pq, QP, qp)));
    }

    static SnapshotId id(long number) {
        return new SnapshotId(number);
    }
}
