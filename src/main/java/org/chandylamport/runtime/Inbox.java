package org.chandylamport.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A multi-producer inbox: a Treiber stack that is taken whole. The inbox of a process also says
 * who runs that process: while it is idle nobody does, and whoever pushes the first node must see
 * to it.
 *
 * <table>
 * <caption>Shared fields</caption>
 * <tr><th>field</th><th>written by</th><th>read by</th><th>access</th><th>why</th></tr>
 * <tr><td>head</td><td>producers, consumer</td><td>producers, consumer</td><td>volatile CAS and
 *     swap</td><td>publishes nodes, and hands the consumer over</td></tr>
 * <tr><td>Node.next</td><td>the producer, before its CAS; the consumer, after its swap</td>
 *     <td>the consumer</td><td>plain</td><td>ordered by head; from one use of a node to the next
 *     by whatever allows the producer to push it again</td></tr>
 * </table>
 *
 * <p>Progress: {@link #push} is lock-free; {@link #takeAll} and {@link #goIdle} are wait-free, the
 * former linear in the nodes that it takes. Nothing allocates.
 *
 * <p>Memory consistency effects: what a thread did before {@link #push} happens-before what the
 * consumer does after the {@link #takeAll} that returns the node. What the consumer did before
 * {@link #goIdle} returned true happens-before the {@link #push} that then returns true.
 *
 * @param <N> nodes; a node is in at most one inbox or {@link Fifo} at a time
 */
final class Inbox<N extends Inbox.Node<N>> {

    /** What an inbox links; a reusable one must not be pushed again before it was taken. */
    abstract static class Node<N extends Node<N>> {
        @Nullable N next;
    }

    private static final Object IDLE = "idle";
    private static final VarHandle HEAD;

    static {
        try {
            HEAD = MethodHandles.lookup().findVarHandle(Inbox.class, "head", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** IDLE, or null, or the node that was pushed last. */
    @SuppressWarnings("unused") // Accessed through HEAD.
    private volatile @Nullable Object head;

    /**
     * Pushes a node.
     *
     * @return whether the inbox was idle: the caller is now responsible for running the consumer
     */
    @SuppressWarnings("unchecked") // Head is a node where it is neither null nor IDLE.
    boolean push(N node) {
        while (true) {
            Object h = head;
            node.next = h == IDLE ? null : (N) h;
            // Release, paired with the swap in takeAll; acquire, paired with the CAS in goIdle.
            if (HEAD.compareAndSet(this, h, node)) {
                return h == IDLE;
            }
        }
    }

    /** Moves all nodes to the end of the list, first pushed first. Leaves an idle inbox idle. */
    @SuppressWarnings("unchecked") // Head is a node where it is neither null nor IDLE.
    void takeAll(Fifo<N> list) {
        // Acquire, paired with the CAS in push.
        N last = isEmpty() ? null : (N) HEAD.getAndSet(this, null);
        if (last == null) {
            return;
        }
        N first = last;
        N older = last.next;
        while (older != null) {
            N node = older;
            older = node.next;
            node.next = first;
            first = node;
        }
        list.addAll(first, last);
    }

    /**
     * Makes the inbox idle if it is empty: its one consumer gives itself up.
     *
     * @return false if something was pushed meanwhile: the consumer goes on
     */
    boolean goIdle() {
        return HEAD.compareAndSet(this, null, IDLE); // Release, paired with the CAS in push.
    }

    /** Whether there is nothing to take. A full fence before it makes it part of a handshake. */
    boolean isEmpty() {
        Object h = head;
        return h == null || h == IDLE;
    }
}
