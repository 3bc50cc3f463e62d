package org.chandylamport.cluster;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Multimaps;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chandylamport.cluster.Wire.Blocked;
import org.chandylamport.cluster.Wire.Status;

/** What the processes of a node have last said of themselves. */
final class Statuses {

    private final Map<String, ProcessStatus> statuses = new HashMap<>();

    void put(ProcessStatus status) {
        statuses.put(status.process(), status);
    }

    /** All of it, for the coordinator. */
    Status sum(long received) {
        ImmutableMap.Builder<String, Blocked> blocked = ImmutableMap.builder();
        ImmutableListMultimap.Builder<Long, String> awaiting = ImmutableListMultimap.builder();
        statuses.values().forEach(status -> {
            if (status.blocked() != null) {
                blocked.put(status.process(), status.blocked());
            }
            status.awaiting().forEach(awaiting::putAll);
        });
        Map<Long, List<String>> markers = Multimaps.asMap(awaiting.build());
        return new Status(received, blocked.buildOrThrow(), markers);
    }
}
