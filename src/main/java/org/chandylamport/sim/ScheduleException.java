package org.chandylamport.sim;

import com.google.common.collect.ImmutableList;

/** Something went wrong under a schedule, which the message gives as a line to replay. */
public final class ScheduleException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // Immutable lists are serializable; actions are not meant to be.
    private final ImmutableList<Action> schedule;

    /** What went wrong under the schedule; its last action is the one that failed. */
    public ScheduleException(String message, Iterable<Action> schedule, Throwable cause) {
        super(message + "\n  replay: " + Action.line(schedule), cause);
        this.schedule = ImmutableList.copyOf(schedule);
    }

    /** What went wrong under the schedule. */
    public ScheduleException(String message, Iterable<Action> schedule) {
        super(message + "\n  replay: " + Action.line(schedule));
        this.schedule = ImmutableList.copyOf(schedule);
    }

    /** The schedule, from the initial state. */
    public ImmutableList<Action> schedule() {
        return schedule;
    }
}
