package org.chandylamport.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.chandylamport.check.Oracle;
import org.chandylamport.check.Report;
import org.chandylamport.check.Verdict;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Event;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.junit.jupiter.api.Test;

class WitnessesTest {

    private static final ProcessId P = new ProcessId("p");
    private static final ProcessId Q = new ProcessId("q");
    private static final Channel PQ = Channel.between(P, Q);
    private static final Topology TOPOLOGY = new Topology(List.of(P, Q), List.of(PQ));
    private static final JsonNode ONE = IntNode.valueOf(1);
    private static final Event<JsonNode, JsonNode> INTERNAL = new Event.Internal<>(P, ONE);
    private static final Event<JsonNode, JsonNode> SEND = new Event.Send<>(PQ, ONE, ONE, false);
    private static final Event<JsonNode, JsonNode> RECEIVE = new Event.Receive<>(PQ, ONE, ONE);
    private static final Report REPORT = new Report(5, ImmutableList.of(), ImmutableList.of(
            verdict(1, Verdict.Outcome.CONSISTENT), verdict(2, Verdict.Outcome.CONSISTENT)));

    private final List<String> told = new ArrayList<>();

    @Test
    void whatIsToldAndAskedReachesTheOracle() {
        Witnesses witnesses = witnesses(10, 10);
        witnesses.event(INTERNAL);
        witnesses.snapshot(snapshot(1));
        witnesses.aborted(new SnapshotId(2), "late");
        witnesses.ended(P);
        assertEquals(ImmutableSortedSet.of(P), witnesses.awaited());
        assertEquals(7, witnesses.inTransitTo(Q));
        assertEquals(8, witnesses.pending());
        assertEquals(10, witnesses.retained());
        assertEquals(REPORT, witnesses.finish());
        assertEquals(List.of("event " + List.of(INTERNAL), "snapshot " + List.of(snapshot(1)),
                "aborted [2, late]", "ended [p]", "awaited []", "inTransitTo [q]", "pending []",
                "retained []", "finish []"), told);
    }

    @Test
    void eventsAreKeptUpToTheLimitAndNoneBeyondIt() {
        Witnesses witnesses = witnesses(3, 10);
        witnesses.snapshot(snapshot(1));
        for (int i = 1; i <= 3; i++) {
            witnesses.event(INTERNAL);
            assertEquals(i, witnesses.events().size());
        }
        assertEquals(1, witnesses.snapshots().size());
        assertFalse(witnesses.isTooLong());
        witnesses.event(INTERNAL);
        witnesses.snapshot(snapshot(2));
        witnesses.ended(P);
        assertTrue(witnesses.isTooLong());
        assertEquals(List.of(), witnesses.events());
        assertEquals(Map.of(), witnesses.snapshots());
        assertEquals(REPORT, witnesses.finish());
        assertEquals(Map.of(), witnesses.constructions(REPORT));
        assertEquals(8, told.size());
    }

    @Test
    void eventsThatWaitForOthersCountTowardsTheLimit() {
        Witnesses witnesses = witnesses(2, 10);
        witnesses.event(RECEIVE);
        witnesses.event(INTERNAL);
        assertFalse(witnesses.isTooLong());
        witnesses.event(SEND);
        assertTrue(witnesses.isTooLong());
    }

    @Test
    void whatWaitsIsInOrderOnceTheSenderHasEnded() {
        Witnesses witnesses = witnesses(10, 10);
        witnesses.event(RECEIVE);
        assertEquals(List.of(), witnesses.events());
        witnesses.ended(P);
        assertEquals(List.of(RECEIVE), witnesses.events());
    }

    @Test
    void whatStillWaitsAtTheEndIsInOrderToo() {
        Witnesses witnesses = witnesses(10, 10);
        witnesses.event(RECEIVE);
        witnesses.finish();
        assertEquals(List.of(RECEIVE), witnesses.events());
    }

    @Test
    void thePartsOfASnapshotAreJoined() {
        Witnesses witnesses = witnesses(10, 10);
        witnesses.snapshot(new Snapshot<>(new SnapshotId(1), ImmutableSortedSet.of(P),
                GlobalState.of(Map.of(P, ONE), Map.of())));
        witnesses.snapshot(new Snapshot<>(new SnapshotId(1), ImmutableSortedSet.of(Q),
                GlobalState.of(Map.of(Q, ONE), Map.of(PQ, List.of(ONE)))));
        assertEquals("{1=" + new Snapshot<>(new SnapshotId(1), ImmutableSortedSet.of(P, Q),
                GlobalState.of(Map.of(P, ONE, Q, ONE), Map.of(PQ, List.of(ONE)))) + "}",
                witnesses.snapshots().toString());
    }

    @Test
    void aConstructionIsForAConsistentSnapshotWithoutAssumptions() {
        assertEquals(List.of(true, true), constructed(4, REPORT));
        assertEquals(List.of(false, true), constructed(4, new Report(5, ImmutableList.of(),
                ImmutableList.of(verdict(1, Verdict.Outcome.INCONSISTENT),
                        verdict(2, Verdict.Outcome.CONSISTENT)))));
        assertEquals(List.of(false, true), constructed(4, new Report(5, ImmutableList.of(),
                ImmutableList.of(new Verdict(new SnapshotId(1), Verdict.Outcome.CONSISTENT,
                        ImmutableSortedMap.of(), ImmutableList.of(),
                        ImmutableList.of("a log is lost")),
                        verdict(2, Verdict.Outcome.CONSISTENT),
                        verdict(3, Verdict.Outcome.CONSISTENT)))));
    }

    @Test
    void constructionsReplayNoMoreEventsThanTheyMay() {
        assertEquals(List.of(true, false), constructed(3, REPORT));
        assertEquals(List.of(false, false), constructed(1, REPORT));
    }

    /** Whether snapshots 1 and 2 of a computation of two events are constructed. */
    private List<Boolean> constructed(long replayed, Report report) {
        Witnesses witnesses = new Witnesses(
                oracle(), new Header(TOPOLOGY, initial(), true), 10, replayed);
        witnesses.event(INTERNAL);
        witnesses.event(INTERNAL);
        witnesses.snapshot(snapshot(1));
        witnesses.snapshot(snapshot(2));
        var constructions = witnesses.constructions(report);
        assertTrue(constructions.keySet().stream().allMatch(id -> id.number() <= 2));
        return List.of(constructions.containsKey(new SnapshotId(1)),
                constructions.containsKey(new SnapshotId(2)));
    }

    @Test
    void aCutIsPutWhereTheVerdictSays() {
        Verdict verdict = new Verdict(new SnapshotId(1), Verdict.Outcome.CONSISTENT,
                ImmutableSortedMap.of(P, 2L, Q, 0L), ImmutableList.of(), ImmutableList.of());
        Event<JsonNode, JsonNode> marker = new Event.Abandon<>(P, new SnapshotId(2));
        assertEquals(
                List.of(new Event.RecordState<>(Q, new SnapshotId(1)), INTERNAL, marker, SEND,
                        new Event.RecordState<>(P, new SnapshotId(1)), RECEIVE, INTERNAL),
                Witnesses.cut(List.of(INTERNAL, marker, SEND, RECEIVE, INTERNAL), verdict));
    }

    private Witnesses witnesses(int limit, long replayed) {
        return new Witnesses(oracle(), new Header(TOPOLOGY, initial(), false), limit, replayed);
    }

    private static GlobalState<JsonNode, JsonNode> initial() {
        return GlobalState.initial(TOPOLOGY, ONE);
    }

    private static Snapshot<JsonNode, JsonNode> snapshot(long id) {
        return new Snapshot<>(new SnapshotId(id), ImmutableSortedSet.of(P), initial());
    }

    private static Verdict verdict(long id, Verdict.Outcome outcome) {
        return new Verdict(new SnapshotId(id), outcome, ImmutableSortedMap.of(P, 2L, Q, 0L),
                ImmutableList.of(), ImmutableList.of());
    }

    /** Keeps what it is told and asked, and has an answer of its own to every question. */
    @SuppressWarnings("unchecked")
    private Oracle<JsonNode, JsonNode> oracle() {
        Map<String, Object> answers = Map.of("awaited", ImmutableSortedSet.of(P),
                "inTransitTo", 7L, "pending", 8L, "retained", 9L, "finish", REPORT);
        return (Oracle<JsonNode, JsonNode>) Proxy.newProxyInstance(
                Oracle.class.getClassLoader(), new Class<?>[] {Oracle.class},
                (proxy, method, arguments) -> {
                    told.add(method.getName() + " "
                            + (arguments == null ? List.of() : Arrays.asList(arguments)));
                    return answers.get(method.getName());
                });
    }
}
