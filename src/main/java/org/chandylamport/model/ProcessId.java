package org.chandylamport.model;

import static com.google.common.base.Preconditions.checkArgument;

/** The name of a process, unique in its {@link Topology}. Ordered by name. */
public record ProcessId(String name) implements Comparable<ProcessId> {

    /** @throws IllegalArgumentException if the name is empty */
    public ProcessId {
        checkArgument(!name.isEmpty(), "a process needs a name");
    }

    @Override
    public int compareTo(ProcessId other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
