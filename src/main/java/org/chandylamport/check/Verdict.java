package org.chandylamport.check;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;

/**
 * What an audit says of one snapshot.
 *
 * @param cut for each process that recorded, how many of its events of the underlying computation
 *     lie before the cut
 * @param violations why it is not consistent; empty where it is
 * @param assumptions what the verdict rests on that the trace does not show, in sentences; empty
 *     unless logs are known to be lost
 */
public record Verdict(
        SnapshotId snapshot,
        Outcome outcome,
        ImmutableSortedMap<ProcessId, Long> cut,
        ImmutableList<Violation> violations,
        ImmutableList<String> assumptions) {

    /** The verdict in a word. Where several apply, the first. */
    public enum Outcome {
        /** A cut has exactly this global state, and nothing in the trace contradicts it. */
        CONSISTENT("consistent"),
        /** Something in the trace contradicts it. */
        INCONSISTENT("inconsistent"),
        /** A part of it was not recorded. */
        INCOMPLETE("incomplete"),
        /** It was given up: it claims nothing. */
        ABORTED("aborted");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        /** The name in a report. */
        @Override
        public String toString() {
            return text;
        }
    }
}
