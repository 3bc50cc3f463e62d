package org.chandylamport.check;

import org.chandylamport.model.Channel;
import org.chandylamport.model.ProcessId;
import org.jspecify.annotations.Nullable;

/**
 * Two facts that contradict each other.
 *
 * @param process the process that it is about, if it is about one
 * @param channel the channel that it is about, if it is about one
 * @param message the number of the first message of that channel that it is about, from 1, what the
 *     channel holds initially included; 0 if it is about none in particular
 * @param explanation the two facts, in a sentence
 */
public record Violation(
        Kind kind,
        @Nullable ProcessId process,
        @Nullable Channel channel,
        long message,
        String explanation) {

    /** A violation that is about no message in particular. */
    Violation(Kind kind, @Nullable ProcessId process, @Nullable Channel channel,
            String explanation) {
        this(kind, process, channel, 0, explanation);
    }

    /** What is violated. */
    public enum Kind {
        /** A message was received along a channel that is not the one sent at its place. */
        NOT_FIFO("not-fifo"),
        /** A message was received along a channel that nobody sent. */
        UNSENT("unsent"),
        /** A message was received before the cut and sent after it. */
        ORPHAN_MESSAGE("orphan-message"),
        /** A recorded process state is not the state at the cut. */
        PROCESS_STATE("process-state"),
        /** A recorded channel does not hold exactly the messages that cross the cut. */
        CHANNEL_STATE("channel-state"),
        /** One process recorded its state twice for one snapshot. */
        RECORDED_TWICE("recorded-twice"),
        /** A marker was received elsewhere than the rules of the algorithm put it. */
        MARKER_RULE("marker-rule"),
        /** A part of the global state was not recorded. */
        NOT_RECORDED("not-recorded"),
        /** No consistent cut has this global state. */
        UNREACHABLE("unreachable");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** The name in a report. */
        @Override
        public String toString() {
            return text;
        }
    }
}
