package org.chandylamport.cli;

/** How a snapshot of a stress run ended, in the words of the summary. */
enum Ending {
    /** It was reported complete, and the audit agrees. */
    CONSISTENT("consistent"),
    /** It was reported complete, and the audit refutes it. */
    WRONG("wrong"),
    /** It failed because the network stopped: a channel was found broken. */
    BROKEN("failed by a broken channel"),
    /** It took too long, and waited for what a fault kept from it. */
    HELD("given up, held by a fault"),
    /** It took too long, and waited for something else. */
    SLOW("given up, merely slow"),
    /** It was abandoned for no reason, to see that this harms no other. */
    ABANDONED("abandoned on purpose"),
    /** The run ended before it did. */
    CUT_SHORT("cut short"),
    /** It failed for a reason that no fault explains. */
    UNEXPLAINED("failed for no known fault");

    private final String text;

    Ending(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
