package org.chandylamport.model;

import com.google.common.collect.ImmutableSortedSet;

/**
 * A recorded global state: the paper's S*.
 *
 * @param id which snapshot this is
 * @param initiators the processes that recorded their state on their own, empty where unknown
 * @param state the recorded state of each process, and the recorded messages of each channel
 */
public record Snapshot<S, M>(
        SnapshotId id, ImmutableSortedSet<ProcessId> initiators, GlobalState<S, M> state) {}
