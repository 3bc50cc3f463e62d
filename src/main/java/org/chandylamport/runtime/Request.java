package org.chandylamport.runtime;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Something that another thread asks of a process: it is run or refused, once. */
final class Request<S, M> extends Input<S, M> {

    private final Consumer<LocalProcess<S, M>> action;
    private final Consumer<Throwable> refusal;
    private final AtomicBoolean taken = new AtomicBoolean();

    /**
     * @param action what to do in the thread that runs the process
     * @param refusal what to do instead if the network stops before, with the reason
     */
    Request(Consumer<LocalProcess<S, M>> action, Consumer<Throwable> refusal) {
        this.action = action;
        this.refusal = refusal;
    }

    @Override
    int run(LocalProcess<S, M> process, int most) {
        if (taken.compareAndSet(false, true)) {
            action.accept(process);
        }
        return process.isSuspended() ? most : 1; // A suspended process is at its turn's end.
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
