package org.chandylamport.runtime;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.chandylamport.model.Channel;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.Marker;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.chandylamport.protocol.Assembly;
import org.chandylamport.protocol.ChandyLamport;
import org.chandylamport.protocol.Effects;
import org.chandylamport.protocol.Incoming;
import org.chandylamport.protocol.Outgoing;
import org.chandylamport.protocol.Recording;
import org.chandylamport.protocol.Superposition;

/**
 * An exchange between local Apache Pekko actors, on two threads: an actor a process, with the same
 * core and the same behavior as on this project's runtime. One more actor puts snapshots together.
 */
final class ActorExchange implements Exchange {

    private static final String CONFIGURATION = """
            pekko {
              loggers = []
              log-dead-letters = off
              actor.default-dispatcher {
                throughput = 128
                fork-join-executor { parallelism-min = 2, parallelism-max = 2 }
              }
            }
            """;

    /** Where they are in target/jmh.jar, which holds one file of a name. */
    private static final String TYPED_DEFAULTS = "pekko-actor-typed/reference.conf";

    /** What a process is sent: what comes along a channel, or a snapshot to initiate. */
    private sealed interface Mail {
        record Arrival(Incoming<Integer> along, Object messageOrMarker) implements Mail {}

        record Initiate(SnapshotId snapshot) implements Mail {}
    }

    /** What the collector is sent: a snapshot that is initiated, or one process's part of it. */
    private sealed interface Part {
        record Opened(SnapshotId snapshot, ProcessId initiator,
                CompletableFuture<Snapshot<Integer, Integer>> future) implements Part {}

        record Complete(Recording<Integer, Integer> recording) implements Part {}
    }

    private final ActorSystem<Void> system;
    private final Map<ProcessId, Site> sites = new HashMap<>();
    private final List<ProcessId> processes;
    private final Assembly assembly;
    private ActorRef<Part> collector;
    private long snapshots;

    ActorExchange(Graph graph, GlobalState<Integer, Integer> initial) {
        assembly = new Assembly(graph.topology());
        processes = graph.topology().processes().asList();
        var behaviors = graph.behaviors();
        processes.forEach(p -> sites.put(p, new Site(p, graph.topology(), behaviors.get(p))));
        for (Channel c : graph.topology().channels()) {
            End end = sites.get(c.from()).end(c);
            end.to = sites.get(c.to());
            end.incoming = end.to.core.incoming().stream()
                    .filter(incoming -> incoming.channel().equals(c)).findFirst().orElseThrow();
        }
        CompletableFuture<Void> started = new CompletableFuture<>();
        system = ActorSystem.create(Behaviors.setup(guardian -> {
            collector = guardian.spawn(collecting(new HashMap<>()), "collector");
            sites.forEach((p, site) ->
                    site.actor = guardian.spawn(site.receiving(), p.name()));
            started.complete(null);
            return Behaviors.empty();
        }), "exchange", ConfigFactory.load(ConfigFactory.parseString(CONFIGURATION)
                .withFallback(ConfigFactory.parseResources(TYPED_DEFAULTS))));
        started.join();
        initial.channels().forEach((c, contents) ->
                contents.forEach(sites.get(c.from()).end(c)::send));
    }

    /** A process, which its actor runs. */
    private final class Site implements Effects<Integer, Integer> {
        private final ChandyLamport<Integer, Integer> core;
        private final Superposition<Integer, Integer> superposition;
        private final ImmutableList<End> outgoing;
        private final AtomicLong received = new AtomicLong();
        private ActorRef<Mail> actor;

        Site(
                ProcessId p,
                Topology topology,
                org.chandylamport.model.Behavior<Integer, Integer> behavior) {
            outgoing = topology.outgoing(p).stream().map(End::new)
                    .collect(ImmutableList.toImmutableList());
            core = new ChandyLamport<>(p, 0, topology.incoming(p), outgoing, this);
            superposition = new Superposition<>(p, core, behavior, outgoing);
        }

        End end(Channel c) {
            return outgoing.stream().filter(end -> end.channel.equals(c)).findFirst().orElseThrow();
        }

        Behavior<Mail> receiving() {
            return Behaviors.receiveMessage(mail -> {
                if (mail instanceof Mail.Arrival arrival) {
                    superposition.receive(arrival.along, arrival.messageOrMarker);
                    if (!(arrival.messageOrMarker instanceof Marker)) {
                        received.setOpaque(received.getPlain() + 1);
                    }
                } else if (mail instanceof Mail.Initiate initiate) {
                    core.recordState(initiate.snapshot);
                }
                return Behaviors.same();
            });
        }

        @Override
        public void complete(Recording<Integer, Integer> recording) {
            collector.tell(new Part.Complete(recording));
        }
    }

    /** Sends along a channel by telling the actor that it leads to. */
    private static final class End implements Outgoing<Integer> {
        private final Channel channel;
        private Site to;
        private Incoming<Integer> incoming;

        End(Channel channel) {
            this.channel = channel;
        }

        @Override
        public Channel channel() {
            return channel;
        }

        @Override
        public void send(Integer message) {
            to.actor.tell(new Mail.Arrival(incoming, message));
        }

        @Override
        public void sendMarker(Marker marker) {
            to.actor.tell(new Mail.Arrival(incoming, marker));
        }
    }

    private record Open(Part.Opened opened, List<Recording<Integer, Integer>> recordings) {}

    private Behavior<Part> collecting(Map<SnapshotId, Open> open) {
        return Behaviors.receiveMessage(part -> {
            if (part instanceof Part.Opened opened) {
                open.put(opened.snapshot, new Open(opened, new ArrayList<>(processes.size())));
                sites.get(opened.initiator).actor.tell(new Mail.Initiate(opened.snapshot));
            } else if (part instanceof Part.Complete complete) {
                SnapshotId id = complete.recording.snapshot();
                Open snapshot = open.get(id);
                snapshot.recordings.add(complete.recording);
                if (snapshot.recordings.size() == processes.size()) {
                    open.remove(id);
                    snapshot.recordings.sort(Comparator.comparing(Recording::process));
                    snapshot.opened.future.complete(assembly.join(id,
                            ImmutableSet.of(snapshot.opened.initiator), snapshot.recordings));
                }
            }
            return Behaviors.same();
        });
    }

    @Override
    public long received() {
        return sites.values().stream().mapToLong(site -> site.received.get()).sum();
    }

    @Override
    public Object snapshot() {
        CompletableFuture<Snapshot<Integer, Integer>> future = new CompletableFuture<>();
        SnapshotId id = new SnapshotId(++snapshots);
        collector.tell(new Part.Opened(
                id, processes.get((int) (snapshots % processes.size())), future));
        return future.join();
    }

    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }
}
