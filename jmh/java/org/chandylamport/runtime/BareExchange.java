package org.chandylamport.runtime;

import com.google.common.collect.ImmutableMap;
import com.google.common.util.concurrent.Uninterruptibles;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.chandylamport.model.Channel;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;

/**
 * An exchange by two threads that poll bare queues and offer to others, and do nothing else. A
 * snapshot stops the world: both threads wait at a barrier while everything is copied.
 */
final class BareExchange implements Exchange {

    private static final int THREADS = 2;
    private static final int TURN = 128;

    private final List<Place> places = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<AtomicLong> received = new ArrayList<>();
    private final AtomicInteger stopped = new AtomicInteger();
    private volatile boolean pause;
    private volatile boolean end;

    /** A process: the queues that lead to it, and those that lead away. */
    private static final class Place {
        final List<Queue<Object>> incoming = new ArrayList<>();
        final List<Queue<Object>> outgoing = new ArrayList<>();
        int next;
        int state;

        /** Passes on what has arrived, up to one turn, and returns how much it was. */
        int turn() {
            int count = 0;
            for (int i = 0; i < incoming.size(); i++) {
                Queue<Object> queue = incoming.get(i);
                for (int k = 0; k < TURN; k++) {
                    Object token = queue.poll();
                    if (token == null) {
                        break;
                    }
                    outgoing.get(next).offer(token);
                    next = next + 1 == outgoing.size() ? 0 : next + 1;
                    count++;
                }
            }
            return count;
        }
    }

    BareExchange(
            Graph graph, GlobalState<Integer, Integer> initial, Supplier<Queue<Object>> queues) {
        ImmutableMap.Builder<ProcessId, Place> byId = ImmutableMap.builder();
        for (ProcessId p : graph.topology().processes()) {
            Place place = new Place();
            byId.put(p, place);
            places.add(place);
        }
        ImmutableMap<ProcessId, Place> ids = byId.buildOrThrow();
        for (Channel c : graph.topology().channels()) {
            Queue<Object> queue = queues.get();
            queue.addAll(initial.channels().get(c));
            ids.get(c.from()).outgoing.add(queue);
            ids.get(c.to()).incoming.add(queue);
        }
        for (int i = 0; i < THREADS; i++) {
            int index = i;
            received.add(new AtomicLong());
            threads.add(new Thread(() -> run(index), "bare-" + i));
        }
        threads.forEach(Thread::start);
    }

    /** Makes queues of the kind that a benchmark's parameter names. */
    static Supplier<Queue<Object>> queues(String kind) {
        return switch (kind) {
            case "jctools" -> () -> new SpscVarHandleArrayQueue<>(1 << 13);
            case "concurrentLinkedQueue" -> ConcurrentLinkedQueue::new;
            case "linkedBlockingQueue" -> LinkedBlockingQueue::new;
            default -> throw new IllegalArgumentException("no queue is called " + kind);
        };
    }

    private void run(int index) {
        List<Place> own = new ArrayList<>();
        for (int i = index; i < places.size(); i += THREADS) {
            own.add(places.get(i));
        }
        AtomicLong sum = received.get(index);
        while (!end) {
            if (pause) {
                stopped.incrementAndGet();
                while (pause) {
                    Thread.yield();
                }
                stopped.decrementAndGet();
            }
            int count = 0;
            for (int i = 0; i < own.size(); i++) {
                count += own.get(i).turn();
            }
            if (count == 0) {
                Thread.onSpinWait();
            } else {
                sum.setOpaque(sum.getPlain() + count);
            }
        }
    }

    @Override
    public long received() {
        return received.stream().mapToLong(AtomicLong::get).sum();
    }

    /** Stops the world, and copies it. */
    @Override
    public Object snapshot() {
        while (stopped.get() > 0) { // From the last time.
            Thread.yield();
        }
        pause = true;
        while (stopped.get() < THREADS) {
            Thread.yield();
        }
        List<Object> copy = new ArrayList<>();
        for (Place place : places) {
            copy.add(place.state);
            place.incoming.forEach(queue -> copy.add(List.copyOf(queue)));
        }
        pause = false;
        return copy;
    }

    @Override
    public void close() {
        end = true;
        threads.forEach(Uninterruptibles::joinUninterruptibly);
    }
}
