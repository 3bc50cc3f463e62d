package org.chandylamport.model;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ComparisonChain;

/**
 * A directed channel: reliable, first in first out, and unbounded (the assumptions of the paper,
 * section 2). Several channels may lead from one process to another, and a process may have a
 * channel to itself; a {@link Topology} tells channels apart by name. Ordered by name.
 */
public record Channel(String name, ProcessId from, ProcessId to) implements Comparable<Channel> {

    /** @throws IllegalArgumentException if the name is empty */
    public Channel {
        checkArgument(!name.isEmpty(), "the channel from %s to %s needs a name", from, to);
    }

    /** The channel {@code from->to}, named after its ends. */
    public static Channel between(ProcessId from, ProcessId to) {
        return new Channel(from + "->" + to, from, to);
    }

    @Override
    public int compareTo(Channel other) {
        return ComparisonChain.start()
                .compare(name, other.name)
                .compare(from, other.from)
                .compare(to, other.to)
                .result();
    }

    /** Names are unique in a topology: the name alone is a good hash, and a cheap one. */
    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
