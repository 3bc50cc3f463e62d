package org.chandylamport.cluster;

/**
 * A snapshot was given up: nothing was recorded, and nothing is claimed. The message says why, and
 * names the channel or the node at fault.
 */
public final class SnapshotAbortedException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    SnapshotAbortedException(String message) {
        super(message);
    }
}
