package org.chandylamport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ForwardingQueue;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicReference;
import org.chandylamport.model.Channel;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.Marker;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Topology;
import org.chandylamport.runtime.PendingSnapshot;
import org.junit.jupiter.api.Test;

/** What a process does is seen before what it sends because of it. */
class PublicationTest {

    private static final ProcessId P = new ProcessId("p");
    private static final ProcessId Q = new ProcessId("q");
    private static final Topology RING = Topology.ring(P, Q);

    private final AtomicReference<PendingSnapshot<Integer, Integer>> pending =
            new AtomicReference<>();
    private final Set<Channel> early = new ConcurrentSkipListSet<>();
    private final Set<Channel> offered = new ConcurrentSkipListSet<>();

    /** Looks, whenever a marker is offered, whether its sender is seen to have recorded. */
    private Queue<Object> watched(Channel c, Queue<Object> queue) {
        return new ForwardingQueue<>() {
            @Override
            protected Queue<Object> delegate() {
                return queue;
            }

            @Override
            public boolean offer(Object messageOrMarker) {
                if (messageOrMarker instanceof Marker) {
                    offered.add(c);
                    if (pending.get().awaiting().notRecorded().containsKey(c.from())) {
                        early.add(c);
                    }
                }
                return queue.offer(messageOrMarker);
            }
        };
    }

    @Test
    void aMarkerIsOfferedOnlyOnceTheStateIsPublished() {
        try (var network = Network.<Integer, Integer>configure(
                RING, p -> (state, c, m, outbox) -> state, GlobalState.initial(RING, 0))
                .queues(this::watched).start()) {
            Runnable resume = network.suspend(P).join();
            pending.set(network.snapshot(P));
            resume.run();
            pending.get().join();
        }
        assertEquals(new TreeSet<>(RING.channels()), offered);
        assertEquals(Set.of(), early);
    }
}
