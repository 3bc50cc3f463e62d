package org.chandylamport.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The processes that wait for their turn with one worker, first come, first served. The worker
 * lends them to the others before each step of a process, which may take long: they are stolen by
 * whoever finds that they wait for too long, or taken back.
 *
 * <table>
 * <caption>Shared fields</caption>
 * <tr><th>field</th><th>written by</th><th>read by</th><th>access</th><th>why</th></tr>
 * <tr><td>lent</td><td>the owner (where it is null), any worker (to null)</td><td>any worker</td>
 *     <td>volatile, swap</td><td>hands the processes over to whoever swaps them out</td>
 *     </tr>
 * <tr><td>own</td><td>the owner</td><td>the owner</td><td>plain</td><td>confined</td></tr>
 * </table>
 *
 * <p>Progress: wait-free. Nothing allocates.
 *
 * <p>Memory consistency effects: what the owner did before {@link #lend} happens-before what a
 * worker does after it has stolen what was lent.
 */
final class RunQueue<N extends Inbox.Node<N>> {

    private static final VarHandle LENT;

    static {
        try {
            LENT = MethodHandles.lookup().findVarHandle(RunQueue.class, "lent", Inbox.Node.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Fifo<N> own = new Fifo<>();

    /** The ring of those that are lent, by its last one: they came before all in {@code own}. */
    @SuppressWarnings("unused") // Accessed through LENT.
    private volatile @Nullable N lent;

    void add(N node) {
        own.add(node);
    }

    void addAll(Inbox<N> inbox) {
        inbox.takeAll(own);
    }

    boolean isEmpty() {
        return own.isEmpty() && lent == null;
    }

    @Nullable N poll() {
        takeBack();
        return own.poll();
    }

    /**
     * Lends all.
     *
     * @return whether any was not lent before
     */
    boolean lend() {
        if (own.isEmpty()) {
            return false;
        }
        takeBack();
        lent = own.takeRing(); // Paired with the swap in swapOut, and see Workers.
        return true;
    }

    private void takeBack() {
        N ring = swapOut();
        if (ring != null) {
            own.putFirst(ring);
        }
    }

    @SuppressWarnings("unchecked") // It is a node.
    private @Nullable N swapOut() {
        return lent == null ? null : (N) LENT.getAndSet(this, null); // Acquire.
    }

    /** The last of those that are lent, or null: a moment ago; for any worker. */
    @Nullable N lastLent() {
        return lent;
    }

    /**
     * Takes all that another worker lends.
     *
     * @return whether there was any
     */
    boolean steal(RunQueue<N> from) {
        N ring = from.swapOut();
        if (ring != null) {
            own.putFirst(ring);
        }
        return ring != null;
    }
}
