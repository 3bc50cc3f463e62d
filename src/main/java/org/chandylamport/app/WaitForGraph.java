package org.chandylamport.app;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.HashMultiset;
import com.google.common.collect.Iterables;
import com.google.common.collect.Multiset;
import com.google.common.collect.SetMultimap;
import com.google.common.graph.GraphBuilder;
import com.google.common.graph.Graphs;
import com.google.common.graph.MutableGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.chandylamport.app.Locks.Request;
import org.chandylamport.app.Locks.Site;
import org.chandylamport.model.GlobalState;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for whom in a global state of {@link Locks}: an edge from each process that waits for a
 * lock to the process that holds it.
 *
 * <p>What is in transit counts. A process to which a grant is on its way does not wait. A process
 * whose release is on its way does not hold: the next in the queue will be granted the lock, and
 * nobody waits for the other.
 */
final class WaitForGraph {

    private final Map<String, Site> sites = new TreeMap<>();
    private final SetMultimap<String, String> granting = HashMultimap.create();
    private final SetMultimap<String, String> releasing = HashMultimap.create();
    private final MutableGraph<String> graph = GraphBuilder.directed().build();
    private final Map<String, String> lockAwaited = new TreeMap<>();

    WaitForGraph(GlobalState<Site, Request> state) {
        state.processes().forEach((p, site) -> sites.put(p.name(), site));
        state.channels().forEach((c, messages) -> {
            if (messages.contains(Request.GRANT)) {
                granting.put(c.from().name(), c.to().name());
            }
            if (messages.contains(Request.RELEASE)) {
                releasing.put(c.to().name(), c.from().name());
            }
        });
        sites.forEach((p, site) -> {
            if (!site.wanted().isEmpty()) {
                String lock = site.wanted().get(0);
                String holder = holder(lock);
                boolean isGranted = granting.containsEntry(lock, p);
                if (holder != null && !holder.equals(p) && !isGranted) {
                    graph.putEdge(p, holder);
                    lockAwaited.put(p, lock);
                }
            }
        });
    }

    /** Who has been granted the lock and has not released it, or will be granted it next. */
    private @Nullable String holder(String lock) {
        List<String> queue = requireNonNull(sites.get(lock), lock).queue();
        int released = !queue.isEmpty() && releasing.containsEntry(lock, queue.get(0)) ? 1 : 0;
        return Iterables.get(queue, released, null);
    }

    /** Who waits for whom in a cycle, in a sentence; empty if nobody does. */
    Optional<String> deadlock() {
        if (!Graphs.hasCycle(graph)) {
            return Optional.empty();
        }
        // Each waits for one process at most: on a cycle is who is reached from its successor.
        String first = graph.nodes().stream()
                .filter(p -> graph.successors(p).stream()
                        .anyMatch(q -> Graphs.reachableNodes(graph, q).contains(p)))
                .min(String::compareTo).orElseThrow();
        List<String> cycle = new ArrayList<>();
        String p = first;
        do {
            String q = graph.successors(p).iterator().next();
            cycle.add(p + " waits for lock " + lockAwaited.get(p) + ", which " + q + " holds");
            p = q;
        } while (!p.equals(first));
        return Optional.of(String.join("; ", cycle));
    }

    /** A lock that somebody has who was not granted it; empty if there is none. */
    Optional<String> violation() {
        for (Map.Entry<String, Site> entry : sites.entrySet()) {
            String lock = entry.getKey();
            Multiset<String> holders = HashMultiset.create(granting.get(lock));
            holders.addAll(releasing.get(lock));
            sites.forEach((p, site) -> {
                if (site.held().contains(lock)) {
                    holders.add(p);
                }
            });
            List<String> queue = entry.getValue().queue();
            List<String> expected = queue.isEmpty() ? List.of() : List.of(queue.get(0));
            if (!holders.equals(HashMultiset.create(expected))) {
                return Optional.of("lock " + lock + " is granted to " + expected
                        + ", and is with " + holders);
            }
        }
        return Optional.empty();
    }
}
