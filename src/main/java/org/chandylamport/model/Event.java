package org.chandylamport.model;

/**
 * Something that one process did: an instance of an action of the specification, with the same
 * name. A computation is a sequence of events; a trace writes one a line.
 *
 * <p>{@link Internal}, {@link Send} and {@link Receive} are events of the underlying computation,
 * and each carries the state of its process after it (after the whole step, for an event that
 * belongs to a longer one). The others are the algorithm's.
 *
 * @param <S> states of processes
 * @param <M> messages
 */
public sealed interface Event<S, M> {

    /** The process that did it. */
    ProcessId process();

    /** An event of the underlying computation. */
    sealed interface Environment<S, M> extends Event<S, M> {

        /** The state of the process after the event. */
        S state();
    }

    /** An event of the algorithm. */
    @SuppressWarnings("JavaLangClash") // The specification's name.
    sealed interface System<S, M> extends Event<S, M> {

        /** The snapshot that it is about. */
        SnapshotId snapshot();
    }

    /** The process changed its state. */
    record Internal<S, M>(ProcessId process, S state) implements Environment<S, M> {}

    /**
     * The process sent a message along a channel that leads away from it.
     *
     * @param sameStep whether it belongs to the same atomic step as the event of this process
     *     before it
     */
    record Send<S, M>(Channel channel, M message, S state, boolean sameStep)
            implements Environment<S, M> {
        @Override
        public ProcessId process() {
            return channel.from();
        }
    }

    /** The process received a message along a channel that leads to it. */
    record Receive<S, M>(Channel channel, M message, S state) implements Environment<S, M> {
        @Override
        public ProcessId process() {
            return channel.to();
        }
    }

    /** The process recorded its state and sent the marker along all its outgoing channels. */
    record RecordState<S, M>(ProcessId process, SnapshotId snapshot) implements System<S, M> {}

    /** The process received a marker along a channel that leads to it. */
    record ReceiveMarker<S, M>(Channel channel, SnapshotId snapshot) implements System<S, M> {
        @Override
        public ProcessId process() {
            return channel.to();
        }
    }

    /** The process gave a snapshot up and forgot what it had recorded for it. */
    record Abandon<S, M>(ProcessId process, SnapshotId snapshot) implements System<S, M> {}
}
