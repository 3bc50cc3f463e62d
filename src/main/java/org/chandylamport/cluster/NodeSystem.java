package org.chandylamport.cluster;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Throwables;
import com.typesafe.config.Config;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.chandylamport.cluster.NodeMessage.Say;
import org.chandylamport.cluster.Wire.Control;
import org.jspecify.annotations.Nullable;

/**
 * The actor system of a node, from its start to its end.
 *
 * <table>
 * <caption>Shared fields</caption>
 * <tr><th>field</th><th>written by</th><th>read by</th><th>access</th><th>why</th></tr>
 * <tr><td>actor, system</td><td>who starts it, once</td><td>any thread</td><td>volatile</td>
 *     <td>a process that starts may speak before {@link #start} returns</td></tr>
 * </table>
 */
final class NodeSystem implements AutoCloseable {

    private static final long CLOSING_SECONDS = 30;

    private volatile @Nullable ActorSystem<Void> system;
    private volatile @Nullable ActorRef<NodeMessage> actor;

    /** Starts the actors. The first node of a network joins itself. */
    <S, M> void start(
            Config config, boolean isFirst, NodeSetup<S, M> setup, NodeState<S, M> state) {
        CompletableFuture<ActorRef<NodeMessage>> spawned = new CompletableFuture<>();
        ActorSystem<Void> starting = ActorSystem.create(Behaviors.setup(context -> {
            ActorRef<NodeMessage> node = context.spawn(NodeActor.of(setup, state), Names.NODE);
            actor = node;
            if (isFirst) {
                Cluster cluster = Cluster.get(context.getSystem());
                cluster.manager().tell(Join.create(cluster.selfMember().address()));
            }
            spawned.complete(node);
            return Behaviors.empty();
        }), Names.SYSTEM, config);
        system = starting;
        starting.getWhenTerminated().thenRun(() -> {
            spawned.completeExceptionally(new IllegalStateException("the actors did not start"));
            state.fail(new IllegalStateException("this node has stopped"));
        });
        actor = spawned.join();
    }

    /** Waits until every channel is connected, or closes the node and says what is missing. */
    void awaitStart(Duration most, NodeState<?, ?> state) {
        try {
            state.started().get(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            close();
            throw new IllegalStateException("the network has not started after "
                    + most.toSeconds() + " s: " + state.waitsFor(), e);
        } catch (ExecutionException e) {
            close();
            Throwable cause = Throwables.getRootCause(e);
            Throwables.throwIfUnchecked(cause);
            throw new IllegalStateException(cause);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted before the network had started", e);
        }
    }

    /** Tells the coordinator, by way of the node's actor. */
    void say(Control control) {
        tell(new Say(control));
    }

    /** Tells the node's actor. */
    void tell(NodeMessage message) {
        requireNonNull(actor).tell(message);
    }

    /** The actors. */
    ActorSystem<Void> actors() {
        return requireNonNull(system);
    }

    /** The address at which the others reach the node. */
    String address() {
        return Cluster.get(actors()).selfMember().address().toString();
    }

    @Override
    public void close() {
        ActorSystem<Void> started = actors();
        started.terminate();
        try {
            started.getWhenTerminated().toCompletableFuture()
                    .get(CLOSING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("this node does not stop: " + e.getMessage(), e);
        }
    }
}
