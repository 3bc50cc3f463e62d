package org.chandylamport.cluster;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.delivery.ConsumerController;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.chandylamport.cluster.NodeMessage.Connected;
import org.chandylamport.cluster.NodeMessage.FromLine;
import org.chandylamport.cluster.NodeMessage.LineDemand;
import org.chandylamport.cluster.NodeMessage.LineEnded;
import org.chandylamport.cluster.NodeMessage.Membership;
import org.chandylamport.cluster.NodeMessage.Say;
import org.chandylamport.cluster.NodeMessage.Tick;
import org.chandylamport.cluster.Wire.Broken;
import org.chandylamport.cluster.Wire.Control;
import org.chandylamport.cluster.Wire.Execute;
import org.chandylamport.cluster.Wire.GiveUp;
import org.chandylamport.cluster.Wire.Go;
import org.chandylamport.cluster.Wire.Initiate;
import org.chandylamport.cluster.Wire.Plan;
import org.chandylamport.cluster.Wire.Ready;
import org.chandylamport.cluster.Wire.Refused;
import org.chandylamport.model.ProcessId;
import org.chandylamport.model.SnapshotId;
import org.jspecify.annotations.Nullable;

/**
 * The actor of a node: joins the others, starts the processes that are placed here, and carries
 * what is said between them, the {@link Coordinator}, and who asks.
 */
final class NodeActor<S, M> extends AbstractBehavior<NodeMessage> {

    static final Duration TICK = Duration.ofMillis(250);

    private final NodeSetup<S, M> setup;
    private final NodeState<S, M> node;
    private final Members members;
    private final Statuses statuses = new Statuses();
    private final Unclaimed unclaimed;
    private final Set<ProcessId> unconnected = new HashSet<>();
    private @Nullable Layout layout;
    private @Nullable NodeLines lines;
    private @Nullable Coordinator coordinator;
    private ImmutableMap<ProcessId, ActorRef<ProcessMessage>> processes = ImmutableMap.of();

    static <S, M> Behavior<NodeMessage> of(NodeSetup<S, M> setup, NodeState<S, M> node) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new NodeActor<>(context, timers, setup, node)));
    }

    private NodeActor(ActorContext<NodeMessage> context, TimerScheduler<NodeMessage> timers,
            NodeSetup<S, M> setup, NodeState<S, M> node) {
        super(context);
        this.setup = setup;
        this.node = node;
        this.members = new Members(context, setup);
        this.unclaimed = new Unclaimed(setup.unclaimed());
        timers.startTimerAtFixedRate(new Tick(), TICK);
    }

    @Override
    public Receive<NodeMessage> createReceive() {
        return newReceiveBuilder().onAnyMessage(message -> {
            try {
                act(message);
                return this;
            } catch (RuntimeException | AssertionError e) {
                node.fail(new IllegalStateException("this node failed: "
                        + Throwables.getRootCause(e), e));
                return Behaviors.stopped(); // Who watches it is told.
            }
        }).build();
    }

    private void act(NodeMessage message) {
        if (message instanceof FromLine fromLine) {
            fromLine(fromLine.delivery());
        } else if (message instanceof LineDemand demand) {
            requireNonNull(lines).demand(demand.next());
        } else if (message instanceof Say say) {
            say(say.control());
        } else if (message instanceof ProcessStatus status) {
            statuses.put(status);
        } else if (message instanceof Connected connected) {
            connected(connected.process());
        } else if (message instanceof Tick) {
            tick();
        } else if (message instanceof Membership membership) {
            changed(membership);
        } else if (message instanceof Plan plan) {
            start(plan);
        } else if (message instanceof Refused refused) {
            node.fail(new IllegalStateException(refused.reason()));
        } else if (message instanceof LineEnded ended) {
            throw new IllegalStateException("the line " + ended.name() + " has ended");
        }
    }

    private void fromLine(ConsumerController.Delivery<Control> delivery) {
        Control control = delivery.message();
        int sender = requireNonNull(lines).sender(delivery);
        if (lines.isUp(delivery)) {
            requireNonNull(coordinator).said(sender, control, System.nanoTime());
            if (control instanceof Ready ready) {
                members.watch(ready.actor());
            }
        } else {
            told(control);
        }
        delivery.confirmTo().tell(ConsumerController.confirmed());
    }

    /** The coordinator tells this node. */
    private void told(Control control) {
        unclaimed.said(control);
        if (control instanceof Initiate initiate) {
            process(initiate.process()).tell(
                    new ProcessMessage.RecordState(new SnapshotId(initiate.snapshot())));
        } else if (control instanceof GiveUp giveUp) {
            SnapshotId s = new SnapshotId(giveUp.snapshot());
            processes.values().forEach(p -> p.tell(new ProcessMessage.Abandon(s)));
            node.requests().said(giveUp);
        } else if (control instanceof Broken broken) {
            broken(broken);
        } else if (control instanceof Execute execute) {
            ActorRef<NodeMessage> self = getContext().getSelf(); // The answer has another thread.
            process(execute.process()).tell(
                    setup.take(execute, done -> self.tell(new Say(done))));
        } else if (control instanceof Go) {
            processes.values().forEach(p -> p.tell(new ProcessMessage.Start()));
            node.started(requireNonNull(layout), processes);
        } else {
            node.told(control);
        }
    }

    private ActorRef<ProcessMessage> process(String name) {
        return requireNonNull(processes.get(new ProcessId(name)), name);
    }

    private void broken(Broken broken) {
        unclaimed.end(node.requests().open(), broken.sentence());
        IllegalStateException reason = node.broken(broken);
        if (broken.stopped()) {
            processes.values().forEach(p -> p.tell(new ProcessMessage.Halt(reason)));
        }
    }

    private void say(Control control) {
        unclaimed.said(control);
        if (lines != null) {
            lines.up(control);
        }
    }

    private void connected(ProcessId p) {
        if (unconnected.remove(p) && unconnected.isEmpty()) {
            say(new Ready(members.actor()));
        }
    }

    private void changed(Membership membership) {
        Members.Change change = members.change(membership.event());
        if (change == null) {
            return;
        } else if (change.isReachable()) {
            if (coordinator != null) {
                coordinator.reachable(change.node());
            }
        } else if (!change.isGone()) {
            if (coordinator != null) {
                coordinator.unreachable(change.node());
            } else if (change.node() == Layout.COORDINATOR) {
                node.requests().open().forEach(number -> {
                    node.requests().giveUp(number, change.broken().fault());
                    say(new GiveUp(number, change.broken().fault()));
                });
            }
        } else if (!node.isFinishing()) {
            if (coordinator != null) {
                coordinator.broken(change.broken());
            }
            broken(change.broken());
        } else {
            node.finished();
        }
    }

    private void start(Plan plan) {
        if (layout != null) {
            return;
        }
        if (!plan.fingerprint().equals(setup.hosting().fingerprint())) {
            node.fail(new IllegalStateException("this node was started with another topology or"
                    + " initial state than node " + Names.shown(plan.nodes().get(0))));
            return;
        }
        int self = plan.nodes().indexOf(members.self());
        layout = new Layout(setup.hosting().topology(), plan);
        lines = new NodeLines(getContext(), layout, self);
        members.started(layout);
        members.watch(plan.actor());
        if (self == Layout.COORDINATOR) {
            coordinator = new Coordinator(
                    layout, setup.firstSnapshot().number(), setup.snapshotTimeout(), lines::down);
        }
        unconnected.addAll(layout.processes(self));
        processes = ProcessActor.spawnAll(getContext(), setup.hosting(), layout, self);
        if (processes.isEmpty()) {
            say(new Ready(members.actor()));
        }
    }

    private void tick() {
        if (layout == null) {
            Plan plan = members.plan(setup);
            if (plan != null) {
                start(plan);
            }
            node.waitsFor(members.missing());
            return;
        }
        requireNonNull(lines).register();
        if (coordinator != null) {
            members.tellPlan(layout, lines);
            coordinator.tick(System.nanoTime());
        }
        processes.values().forEach(p -> p.tell(new ProcessMessage.Tick()));
        if (lines.isUpIdle() && unconnected.isEmpty()) {
            say(statuses.sum(setup.hosting().received().sum()));
        }
        if (!unconnected.isEmpty()) {
            node.waitsFor("no connection along the channels that lead away from processes "
                    + unconnected);
        }
    }
}
