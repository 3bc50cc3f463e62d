package org.chandylamport.runtime;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Something that another thread asks of a process: it is run or refused, once. */
final class Request<S, M> extends Input<S, M> {

    private final Consumer<LocalProcess<S, M>> action;
    private final Consumer<Throwable> refusal;
    private final boolean endsTurn;
    private final AtomicBoolean taken = new AtomicBoolean();

    /**
     * @param action what to do in the thread that runs the process
     * @param refusal what to do instead if the network stops before, with the reason
     */
    Request(Consumer<LocalProcess<S, M>> action, Consumer<Throwable> refusal) {
        this(action, refusal, false);
    }

    /** @param endsTurn whether the turn of the process ends with it */
    Request(
            Consumer<LocalProcess<S, M>> action, Consumer<Throwable> refusal, boolean endsTurn) {
        this.action = action;
        this.refusal = refusal;
        this.endsTurn = endsTurn;
    }

    @Override
    int run(LocalProcess<S, M> process, int most) {
        if (taken.compareAndSet(false, true)) {
            action.accept(process);
        }
        return endsTurn ? most : 1;
    }

    @Override
    boolean hasMore(boolean drained) {
        return false;
    }

    void refuse(Throwable reason) {
        if (taken.compareAndSet(false, true)) {
            refusal.accept(reason);
        }
    }
}
