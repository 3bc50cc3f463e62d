package org.chandylamport.trace;

import com.fasterxml.jackson.databind.JsonNode;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.Topology;

/**
 * The first line of a trace: the system, its initial global state, and whether its cuts are logged.
 *
 * @param initial a state for each process, and the messages of each channel, none or more
 * @param cutsUnlogged whether the system logs its messages but not where it cut
 */
public record Header(
        Topology topology, GlobalState<JsonNode, JsonNode> initial, boolean cutsUnlogged) {

    static final String FORMAT = "chandy-lamport-trace";
    static final int VERSION = 1;
}
