package org.chandylamport.cli;

import com.google.common.collect.ForwardingQueue;
import com.google.common.collect.ImmutableList;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The queue of a channel that loses, repeats and reorders what is sent along it, at random. */
final class FaultyQueue extends ForwardingQueue<Object> {

    private final Queue<Object> queue;
    private final ImmutableList<Fault> faults;
    private final int oneIn;
    private final SplittableRandom random;
    private final Consumer<Fault> injected;
    /** Confined to the consumer, as all faults are. */
    private final Queue<Object> held = new ArrayDeque<>();

    /**
     * @param oneIn how rarely something goes wrong
     * @param injected is told of each fault before it is delivered, by the consumer
     */
    FaultyQueue(
            Queue<Object> queue,
            ImmutableList<Fault> faults,
            int oneIn,
            SplittableRandom random,
            Consumer<Fault> injected) {
        this.queue = queue;
        this.faults = faults;
        this.oneIn = oneIn;
        this.random = random;
        this.injected = injected;
    }

    @Override
    protected Queue<Object> delegate() {
        return queue;
    }

    @Override
    public @Nullable Object peek() {
        return held.isEmpty() ? queue.peek() : held.peek();
    }

    @Override
    public @Nullable Object poll() {
        if (!held.isEmpty()) {
            return held.poll();
        }
        Object next = queue.poll();
        if (next == null || random.nextInt(oneIn) > 0) {
            return next;
        }
        return switch (faults.get(random.nextInt(faults.size()))) {
            case drop -> drop();
            case duplicate -> duplicate(next);
            case reorder -> reorder(next);
            default -> next;
        };
    }

    private @Nullable Object drop() {
        injected.accept(Fault.drop);
        return queue.poll();
    }

    private Object duplicate(Object next) {
        injected.accept(Fault.duplicate);
        held.add(next);
        return next;
    }

    /** Leaves the order alone where there is no successor yet: nothing is held for ever. */
    private Object reorder(Object next) {
        Object successor = queue.poll();
        if (successor == null) {
            return next;
        }
        injected.accept(Fault.reorder);
        held.add(next);
        return successor;
    }
}
