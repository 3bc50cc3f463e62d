package org.chandylamport.cluster;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.chandylamport.cluster.Wire.Blocked;
import org.jspecify.annotations.Nullable;

/**
 * How things are at one process.
 *
 * @param blocked the full channel for which it waits, or null
 * @param awaiting for each snapshot that it records, the channels whose marker is awaited
 */
record ProcessStatus(
        String process,
        @Nullable Blocked blocked,
        ImmutableMap<Long, ImmutableList<String>> awaiting) implements NodeMessage {}
