package org.chandylamport.runtime;

import org.jspecify.annotations.Nullable;

/** A list of linked nodes, first in first out. Confined to one thread; nothing allocates. */
final class Fifo<N extends Inbox.Node<N>> {

    private @Nullable N first;
    private @Nullable N last;

    boolean isEmpty() {
        return first == null;
    }

    void add(N node) {
        node.next = null;
        addAll(node, node);
    }

    /** Adds a chain of nodes, from its first to its last; nothing if there is none. */
    void addAll(@Nullable N chain, @Nullable N end) {
        if (last == null) {
            first = chain;
        } else {
            last.next = chain;
        }
        last = end == null ? last : end;
    }

    @Nullable N poll() {
        N node = first;
        if (node != null) {
            first = node.next;
            last = first == null ? null : last;
            node.next = null;
        }
        return node;
    }
}
