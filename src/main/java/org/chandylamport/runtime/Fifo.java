package org.chandylamport.runtime;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A list of linked nodes, first in first out. Confined to one thread at a time; nothing allocates.
 */
final class Fifo<N extends Inbox.Node<N>> {

    /** The ring of nodes, by its last one, which the first one follows; or null. */
    private @Nullable N last;

    boolean isEmpty() {
        return last == null;
    }

    void add(N node) {
        addAll(node, node);
    }

    /** Adds a chain of nodes, from its first to its last. */
    void addAll(N first, N end) {
        N before = last;
        if (before == null) {
            end.next = first;
        } else {
            end.next = before.next;
            before.next = first;
        }
        last = end;
    }

    @Nullable N poll() {
        N end = last;
        if (end == null) {
            return null;
        }
        N first = requireNonNull(end.next);
        if (first == end) {
            last = null;
        } else {
            end.next = first.next;
        }
        first.next = null;
        return first;
    }

    /** Takes all nodes out, and returns their ring by its last one; null if there is none. */
    @Nullable N takeRing() {
        N ring = last;
        last = null;
        return ring;
    }

    /** Puts a ring of nodes, by its last one, in front of those that are here. */
    void putFirst(N ring) {
        N behind = last;
        if (behind == null) {
            last = ring;
        } else {
            N first = ring.next;
            ring.next = behind.next;
            behind.next = first;
        }
    }
}
