package org.chandylamport.runtime;

/** What the inbox of a process holds: a channel with something to receive, or a request. */
abstract sealed class Input<S, M> extends Inbox.Node<Input<S, M>>
        permits ChannelQueue, Request {

    /**
     * Lets the process act on it, at most so many times.
     *
     * @return how many times it did; less than allowed means that nothing is left
     */
    abstract int run(LocalProcess<S, M> process, int most);

    /**
     * Called after {@link #run}, and after that the producers may push this again.
     *
     * @param drained whether nothing was left
     * @return whether there is more to do, so that it stays with the process
     */
    abstract boolean hasMore(boolean drained);
}
