package org.chandylamport.app;

import static com.google.common.base.Preconditions.checkArgument;

import org.chandylamport.model.Topology;

/**
 * How a workload is divided: chains of messages, each of which brings forth the next until the
 * chain ends. There are never more messages in transit than chains, however long the run.
 *
 * @param perProcess how many chains each process starts
 * @param length how many messages each chain consists of
 */
record Chains(int perProcess, long length) {

    private static final int MOST_PER_PROCESS = 8;

    /**
     * Divides a number of messages, rounded up.
     *
     * @throws IllegalArgumentException if some process has no outgoing channel
     */
    static Chains of(Topology topology, long messages) {
        checkArgument(messages > 0, "at least 1 message is needed, not %s", messages);
        topology.processes().forEach(p -> checkArgument(!topology.outgoing(p).isEmpty(),
                "process %s has no outgoing channel to send along", p));
        int processes = topology.processes().size();
        long perProcess = Math.min(MOST_PER_PROCESS, (messages + processes - 1) / processes);
        long chains = perProcess * processes;
        return new Chains((int) perProcess, (messages + chains - 1) / chains);
    }
}
