package org.chandylamport.cluster;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.pekko.util.ByteString;
import org.chandylamport.cluster.ClusterSnapshot.Awaiting;
import org.chandylamport.cluster.Wire.Awaited;
import org.chandylamport.cluster.Wire.Complete;
import org.chandylamport.cluster.Wire.Control;
import org.chandylamport.cluster.Wire.Execute;
import org.chandylamport.cluster.Wire.Executed;
import org.chandylamport.cluster.Wire.GiveUp;
import org.chandylamport.cluster.Wire.Kept;
import org.chandylamport.cluster.Wire.NotOpened;
import org.chandylamport.cluster.Wire.Open;
import org.chandylamport.cluster.Wire.Opened;
import org.chandylamport.cluster.Wire.Part;
import org.chandylamport.model.Channel;
import org.chandylamport.model.GlobalState;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Snapshot;
import org.chandylamport.model.SnapshotId;
import org.chandylamport.model.Topology;
import org.jspecify.annotations.Nullable;

/**
 * What this node has asked of the network: snapshots, whose parts it puts together, and steps of
 * processes elsewhere.
 *
 * <p>Any thread asks; the actor of the node answers. An answer and {@link #fail} race for a
 * request: who removes it ends it. A request that is added after the end fails: it is added, and
 * then the end is looked at; the end is written, and then what is there fails.
 */
final class Requests<S, M> {

    private final Topology topology;
    private final Hosting<S, M> hosting;
    private final AtomicLong next = new AtomicLong();
    private final Map<Long, ClusterSnapshot<S, M>> asked = new ConcurrentHashMap<>();
    private final Map<Long, CompletableFuture<S>> steps = new ConcurrentHashMap<>();
    private final Map<Long, Assembly<S, M>> open = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Throwable> end = new AtomicReference<>();

    /** A snapshot with the parts that have come. */
    private static final class Assembly<S, M> {
        final ClusterSnapshot<S, M> snapshot;
        final Map<ProcessId, S> states = new HashMap<>();
        final Map<Channel, ImmutableList<M>> channels = new HashMap<>();

        Assembly(ClusterSnapshot<S, M> snapshot) {
            this.snapshot = snapshot;
        }
    }

    Requests(Hosting<S, M> hosting) {
        this.hosting = hosting;
        this.topology = hosting.topology();
    }

    /** Asks for a snapshot. */
    ClusterSnapshot<S, M> open(Iterable<ProcessId> initiators, Consumer<Control> say) {
        ClusterSnapshot<S, M> snapshot = new ClusterSnapshot<>(
                new Awaiting(topology.processes(), ImmutableSortedSet.of()));
        long request = next.incrementAndGet();
        asked.put(request, snapshot);
        ImmutableList.Builder<String> names = ImmutableList.builder();
        initiators.forEach(p -> names.add(p.name()));
        say.accept(new Open(request, names.build()));
        failIfEnded();
        return snapshot;
    }

    /** Asks for a step of a process elsewhere. */
    CompletableFuture<S> execute(int node, ProcessId p, ByteString command, Consumer<Control> say) {
        CompletableFuture<S> step = new CompletableFuture<>();
        long request = next.incrementAndGet();
        steps.put(request, step);
        say.accept(new Execute(node, request, p.name(), command));
        failIfEnded();
        return step;
    }

    /** The coordinator answers. */
    void said(Control answer) {
        if (answer instanceof Opened opened) {
            ClusterSnapshot<S, M> snapshot = asked.remove(opened.request());
            if (snapshot != null) {
                open.put(opened.snapshot(), new Assembly<>(snapshot));
                snapshot.opened(new SnapshotId(opened.snapshot()));
                failIfEnded();
            }
        } else if (answer instanceof NotOpened refused) {
            ClusterSnapshot<S, M> snapshot = asked.remove(refused.request());
            if (snapshot != null) {
                snapshot.fail(new SnapshotAbortedException(
                        "no snapshot can be recorded: " + refused.cause()));
            }
        } else if (answer instanceof Part part) {
            part(part);
        } else if (answer instanceof Complete complete) {
            complete(complete);
        } else if (answer instanceof Awaited awaited) {
            awaited(awaited);
        } else if (answer instanceof GiveUp giveUp) {
            giveUp(giveUp.snapshot(), giveUp.cause());
        } else if (answer instanceof Executed executed) {
            executed(executed);
        }
    }

    private void part(Part part) {
        Assembly<S, M> assembly = open.get(part.snapshot());
        if (assembly != null) {
            assembly.states.put(new ProcessId(part.process()), Hosting.decoded(
                    hosting.states(), part.state(), "the state of process " + part.process()));
            part.channels().forEach((name, held) -> assembly.channels.put(
                    requireNonNull(topology.channel(name), name),
                    held.stream().map(message -> Hosting.decoded(hosting.messages(), message,
                            "a message in channel " + name))
                            .collect(ImmutableList.toImmutableList())));
        }
    }

    private void complete(Complete complete) {
        Assembly<S, M> assembly = open.remove(complete.snapshot());
        if (assembly != null) {
            assembly.snapshot.complete(new Snapshot<>(new SnapshotId(complete.snapshot()),
                    processes(complete.initiators()),
                    GlobalState.of(assembly.states, assembly.channels)),
                    () -> hosting.say().accept(new Kept(complete.snapshot())));
        }
    }

    private void awaited(Awaited awaited) {
        Assembly<S, M> assembly = open.get(awaited.snapshot());
        if (assembly != null) {
            assembly.snapshot.awaited(new Awaiting(processes(awaited.notRecorded()),
                    awaited.markers().stream()
                            .map(name -> requireNonNull(topology.channel(name), name))
                            .collect(ImmutableSortedSet.toImmutableSortedSet(
                                    Channel::compareTo))));
        }
    }

    private static ImmutableSortedSet<ProcessId> processes(List<String> names) {
        return names.stream().map(ProcessId::new)
                .collect(ImmutableSortedSet.toImmutableSortedSet(ProcessId::compareTo));
    }

    private void executed(Executed executed) {
        CompletableFuture<S> step = steps.remove(executed.request());
        if (step != null && executed.state() != null) {
            step.complete(Hosting.decoded(hosting.states(), executed.state(), "a state"));
        } else if (step != null) {
            step.completeExceptionally(
                    new IllegalStateException(String.valueOf(executed.cause())));
        }
    }

    /** A snapshot is given up. */
    void giveUp(long number, String cause) {
        Assembly<S, M> assembly = open.remove(number);
        if (assembly != null) {
            assembly.snapshot.fail(new SnapshotAbortedException(
                    "snapshot " + number + " is aborted: " + cause));
        }
    }

    /** The snapshots of this node that are open. */
    ImmutableSortedSet<Long> open() {
        return ImmutableSortedSet.copyOf(open.keySet());
    }

    /** Fails every request that is open or will be made. The first reason stays. */
    void fail(Throwable reason) {
        end.compareAndSet(null, reason);
        failIfEnded();
    }

    /** Why no request is answered any more, or null. */
    @Nullable Throwable reasonOfEnd() {
        return end.get();
    }

    private void failIfEnded() {
        Throwable reason = end.get();
        if (reason != null) {
            ImmutableList.copyOf(open.keySet())
                    .forEach(number -> giveUp(number, String.valueOf(reason.getMessage())));
            ImmutableList.copyOf(asked.keySet()).forEach(request -> {
                ClusterSnapshot<S, M> snapshot = asked.remove(request);
                if (snapshot != null) {
                    snapshot.fail(reason);
                }
            });
            ImmutableList.copyOf(steps.keySet()).forEach(request -> {
                CompletableFuture<S> step = steps.remove(request);
                if (step != null) {
                    step.completeExceptionally(reason);
                }
            });
        }
    }
}
