package org.chandylamport.cluster;

import com.google.common.collect.ImmutableMap;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.chandylamport.cluster.Wire.Broken;
import org.chandylamport.cluster.Wire.Control;
import org.chandylamport.cluster.Wire.Finished;
import org.chandylamport.cluster.Wire.Progress;
import org.chandylamport.model.Channel;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.Topology;
import org.chandylamport.protocol.BrokenChannelException;

/**
 * What the actor of a node lets all threads see.
 *
 * <table>
 * <caption>Shared fields</caption>
 * <tr><th>field</th><th>written by</th><th>read by</th><th>access</th><th>why</th></tr>
 * <tr><td>started, finished</td><td>the actor, once</td><td>any thread</td><td>futures</td>
 *     <td>publish the layout and the processes; the orderly end</td></tr>
 * <tr><td>requests</td><td>any thread</td><td>any thread</td><td>see {@link Requests}</td>
 *     <td>what is asked of the network, and why it answers no more</td></tr>
 * <tr><td>all others</td><td>the actor; isFinishing any thread</td><td>any thread</td>
 *     <td>volatile</td><td>what was last known</td></tr>
 * </table>
 */
final class NodeState<S, M> {

    private final Topology topology;
    private final Requests<S, M> requests;
    private final CompletableFuture<Started> started = new CompletableFuture<>();
    private final CompletableFuture<Void> finished = new CompletableFuture<>();
    private volatile long receivedByAll;
    private volatile String waitsFor;
    private volatile boolean isFinishing;

    /** The network that has started, and the processes that run here. */
    record Started(Layout layout, ImmutableMap<ProcessId, ActorRef<ProcessMessage>> processes) {}

    NodeState(Topology topology, Requests<S, M> requests, int nodes) {
        this.topology = topology;
        this.requests = requests;
        this.waitsFor = Members.missing(0, nodes);
    }

    Requests<S, M> requests() {
        return requests;
    }

    CompletableFuture<Started> started() {
        return started;
    }

    void started(Layout layout, ImmutableMap<ProcessId, ActorRef<ProcessMessage>> processes) {
        started.complete(new Started(layout, processes));
    }

    /** The network is broken; the error that says so. */
    IllegalStateException broken(Broken broken) {
        Channel channel = broken.channel() == null ? null : topology.channel(broken.channel());
        IllegalStateException reason = channel == null
                ? new IllegalStateException(broken.fault())
                : new BrokenChannelException(channel, broken.fault());
        fail(reason);
        return reason;
    }

    /** This node takes part no more. */
    void fail(Throwable reason) {
        started.completeExceptionally(reason);
        requests.fail(reason);
        finished.completeExceptionally(reason);
    }

    /** This node is done with everything: that others leave is no failure any more. */
    void finishing() {
        isFinishing = true;
    }

    boolean isFinishing() {
        return isFinishing;
    }

    CompletableFuture<Void> whenFinished() {
        return finished;
    }

    void finished() {
        finished.complete(null);
    }

    /** The coordinator tells what only who asks needs to know. */
    void told(Control control) {
        if (control instanceof Progress progress) {
            receivedByAll = progress.received();
        } else if (control instanceof Finished) {
            finished();
        } else {
            requests.said(control);
        }
    }

    long receivedByAll() {
        return receivedByAll;
    }

    /** What the start waits for. */
    String waitsFor() {
        return waitsFor;
    }

    void waitsFor(String what) {
        waitsFor = what;
    }
}
