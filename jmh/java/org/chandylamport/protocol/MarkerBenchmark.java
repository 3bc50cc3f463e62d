package org.chandylamport.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.chandylamport.model.Channel;
import org.chandylamport.model.Marker;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What the core does for the markers of snapshots that overlap: one after the other, it records the
 * state for each, and then receives their markers along each incoming channel. Beside it what takes
 * their place where a process only counts: a number for each snapshot, and no channel's messages.
 *
 * <p>{@code markers} is the time of all that, divided by the markers; {@code states} is the time to
 * record a state and to abandon the snapshot.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MarkerBenchmark {

    @Param({"1", "8", "64", "1024"})
    public int inDegree;

    @Param({"1", "8", "64"})
    public int live;

    private static final ProcessId Q = new ProcessId("q");

    private ChandyLamport<Integer, Integer> core;
    private Marker[] markers;
    private long lastId;
    private long complete;

    /** How many markers were received. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Received {
        public long markers;
    }

    /** How many states were recorded. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Recorded {
        public long states;
    }

    @Setup
    public void connect() {
        List<Channel> incoming = new ArrayList<>();
        for (int i = 0; i < inDegree; i++) {
            incoming.add(Channel.between(new ProcessId("p" + i), Q));
        }
        core = new ChandyLamport<>(Q, 0, incoming, List.of(), recording -> complete++);
        markers = new Marker[live];
    }

    private void nextMarkers() {
        for (int i = 0; i < live; i++) {
            markers[i] = new Marker(new SnapshotId(++lastId));
        }
    }

    @Benchmark
    public long receiveMarker(Received received) {
        nextMarkers();
        for (Incoming<Integer> c : core.incoming()) {
            for (Marker marker : markers) {
                core.receiveMarker(c, marker);
            }
        }
        received.markers += (long) live * inDegree;
        return complete;
    }

    @Benchmark
    public long recordAndAbandon(Recorded recorded) {
        nextMarkers();
        for (Marker marker : markers) {
            core.recordState(marker.snapshot());
        }
        for (Marker marker : markers) {
            core.abandon(marker.snapshot());
        }
        recorded.states += live;
        return complete;
    }

    @Benchmark
    public long countMarkers(Received received, Blackhole blackhole) {
        nextMarkers();
        Map<SnapshotId, int[]> counts = new HashMap<>();
        for (int c = 0; c < inDegree; c++) {
            for (Marker marker : markers) {
                int[] count = counts.computeIfAbsent(marker.snapshot(), s -> new int[1]);
                if (++count[0] == inDegree) {
                    counts.remove(marker.snapshot());
                    complete++;
                }
            }
        }
        received.markers += (long) live * inDegree;
        return complete;
    }
}
