package org.chandylamport.protocol;

import java.util.function.Consumer;
import org.chandylamport.model.Event;
import org.jspecify.annotations.Nullable;

/**
 * What a driver learns from {@link ChandyLamport}, in the thread that runs the process. What is
 * sent goes to {@link Outgoing}.
 */
public interface Effects<S, M> {

    /** The process has recorded its state; the recording goes on. */
    default void recording(Recording<S, M> recording) {}

    /** The recording is complete: it does not change any more. */
    void complete(Recording<S, M> recording);

    /**
     * Where events go, each before what it sends is sent, or null where nobody wants them. Asked
     * once, when a process is made.
     */
    default @Nullable Consumer<Event<S, M>> log() {
        return null;
    }
}
