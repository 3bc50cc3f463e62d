package org.chandylamport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import java.util.AbstractQueue;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.UnaryOperator;
import org.chandylamport.model.Channel;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.chandylamport.runtime.Engine;
import org.chandylamport.runtime.PendingSnapshot;
import org.chandylamport.runtime.Schedules;
import org.chandylamport.runtime.Wiring;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Whatever the schedule of those who call a network and of its workers, whose part the explored
 * threads play: its own, which spin and park, are not started.
 */
class NetworkSchedulesIT {

    /** A network takes long to explore: fewer than elsewhere. */
    private static final int SCHEDULES = 50;
    private static final ProcessId P = new ProcessId("p");
    private static final ProcessId Q = new ProcessId("q");
    private static final Channel PQ = Channel.between(P, Q);
    private static final Topology TOPOLOGY = Topology.ring(P, Q);

    /** Each owns 100, and 5 are on their way. */
    private static final GlobalState<Integer, Integer> INITIAL =
            GlobalState.of(Map.of(P, 100, Q, 100), Map.of(PQ, List.of(5)));

    private static Engine<Integer, Integer> engine(UnaryOperator<Queue<Object>> channels) {
        return new Engine<>(new Wiring<>(TOPOLOGY,
                p -> (balance, channel, amount, outbox) -> balance + amount, INITIAL,
                (channel, queue) -> channels.apply(queue)),
                new SnapshotId(1), 2, Runnable::run, null);
    }

    private static void assertComplete(PendingSnapshot<Integer, Integer> pending) {
        Snapshot<Integer, Integer> snapshot = pending.future().getNow(null);
        int total = snapshot.state().channels().get(PQ).stream().mapToInt(i -> i).sum();
        for (int balance : snapshot.state().processes().values()) {
            total += balance;
        }
        assertEquals(205, total);
    }

    @Test
    void snapshotsStartedByTwoThreadsHaveTheirOwnNumbersAndComplete() {
        Schedules.explore(TwoSnapshots.class, SCHEDULES);
    }

    /** Two threads each start a snapshot while a worker runs the processes. */
    public static class TwoSnapshots {

        private final Engine<Integer, Integer> engine = engine(queue -> queue);
        private final Network<Integer, Integer> network = new Network<>(TOPOLOGY, engine);
        private volatile PendingSnapshot<Integer, Integer> ofP;
        private volatile PendingSnapshot<Integer, Integer> ofQ;

        @Operation(runOnce = true)
        public void startAtP() {
            ofP = network.snapshot(P);
        }

        @Operation(runOnce = true)
        public void startAtQ() {
            ofQ = network.snapshot(Q);
        }

        @Operation(runOnce = true)
        public void worker() {
            Schedules.run(engine, 0);
        }

        @Validate
        public void bothComplete() {
            Schedules.run(engine, 1);
            assertEquals(3, ofP.id().number() + ofQ.id().number());
            assertComplete(ofP);
            assertComplete(ofQ);
        }
    }

    @Test
    void aSnapshotStartedWhileTheNetworkIsClosedFails() {
        Schedules.explore(StartAndClose.class, SCHEDULES);
    }

    /** A snapshot is started while the network is closed and a worker runs the processes. */
    public static class StartAndClose {

        private final Engine<Integer, Integer> engine = engine(queue -> queue);
        private final Network<Integer, Integer> network = new Network<>(TOPOLOGY, engine);
        private volatile PendingSnapshot<Integer, Integer> started;
        private volatile boolean refused;

        @Operation(runOnce = true)
        public void start() {
            try {
                started = network.snapshot(P);
            } catch (IllegalStateException e) {
                refused = true;
            }
        }

        @Operation(runOnce = true)
        public void close() {
            network.close();
        }

        @Operation(runOnce = true)
        public void worker() {
            Schedules.run(engine, 0);
        }

        @Validate
        public void refusedOrEnded() {
            assertTrue(refused || started.future().isDone());
        }
    }

    @Test
    void aSnapshotCompletesWhicheverWorkerRunsWhichProcess() {
        Schedules.explore(TwoWorkers.class, SCHEDULES);
    }

    /** A snapshot is started while two workers run the processes. */
    public static class TwoWorkers {

        private final Engine<Integer, Integer> engine;
        private final Network<Integer, Integer> network;
        private volatile PendingSnapshot<Integer, Integer> started;

        public TwoWorkers() {
            this(queue -> queue);
        }

        TwoWorkers(UnaryOperator<Queue<Object>> channels) {
            engine = engine(channels);
            network = new Network<>(TOPOLOGY, engine);
        }

        @Operation(runOnce = true)
        public void start() {
            started = network.snapshot(P);
        }

        @Operation(runOnce = true)
        public void worker() {
            Schedules.run(engine, 0);
        }

        @Operation(runOnce = true)
        public void otherWorker() {
            Schedules.run(engine, 1);
        }

        @Validate
        public void complete() {
            Schedules.run(engine, 0);
            assertComplete(started);
        }
    }

    @Test
    void aChannelThatIsNotSafeForTwoWorkersIsFound() {
        Schedules.findFailure(UnsafeChannels.class, SCHEDULES);
    }

    /** The same, but a channel's queue has no protection from its two ends. */
    public static class UnsafeChannels extends TwoWorkers {

        public UnsafeChannels() {
            super(queue -> new Unsafe());
        }
    }

    /** A queue whose two ends write one field, and take their time between read and write. */
    private static final class Unsafe extends AbstractQueue<Object> {

        private static final int TIME = 40;

        private volatile ImmutableList<Object> elements = ImmutableList.of();
        private volatile int time;

        private void replace(ImmutableList<Object> others) {
            for (int i = 0; i < TIME; i++) {
                time = i;
            }
            elements = others;
        }

        @Override
        public boolean offer(Object element) {
            replace(ImmutableList.builder().addAll(elements).add(element).build());
            return true;
        }

        @Override
        public @Nullable Object poll() {
            ImmutableList<Object> before = elements;
            if (before.isEmpty()) {
                return null;
            }
            replace(before.subList(1, before.size()));
            return before.get(0);
        }

        @Override
        public @Nullable Object peek() {
            return elements.isEmpty() ? null : elements.get(0);
        }

        @Override
        public Iterator<Object> iterator() {
            return elements.iterator();
        }

        @Override
        public int size() {
            return elements.size();
        }
    }

    @Test
    void numbersFromAPlainFieldAreFound() {
        Schedules.findFailure(PlainNumbers.class, SCHEDULES);
    }

    /** Numbers issued by a plain field. */
    public static class PlainNumbers {

        private int next = 1;
        private volatile SnapshotId one;
        private volatile SnapshotId other;

        @Operation(runOnce = true)
        public void startOne() {
            one = new SnapshotId(next++);
        }

        @Operation(runOnce = true)
        public void startOther() {
            other = new SnapshotId(next++);
        }

        @Validate
        public void different() {
            assertTrue(!one.equals(other));
        }
    }
}
