package org.chandylamport.runtime;

import java.util.function.Consumer;

/** Something that another thread asks of a process, once. */
final class Request<S, M> extends Input<S, M> {

    private final Consumer<LocalProcess<S, M>> action;
    private final Consumer<Throwable> refusal;

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
        action.accept(process);
        return 1;
    }

    @Override
    boolean hasMore(boolean drained) {
        return false;
    }

    void refuse(Throwable reason) {
        refusal.accept(reason);
    }
}
