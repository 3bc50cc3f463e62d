package org.chandylamport.cluster;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.delivery.ConsumerController;
import org.apache.pekko.actor.typed.delivery.ProducerController;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.chandylamport.cluster.ProcessMessage.Abandon;
import org.chandylamport.cluster.ProcessMessage.Arrived;
import org.chandylamport.cluster.ProcessMessage.Demand;
import org.chandylamport.cluster.ProcessMessage.Halt;
import org.chandylamport.cluster.ProcessMessage.Lost;
import org.chandylamport.cluster.ProcessMessage.RecordState;
import org.chandylamport.cluster.ProcessMessage.Start;
import org.chandylamport.cluster.ProcessMessage.Take;
import org.chandylamport.cluster.ProcessMessage.Tick;
import org.chandylamport.cluster.ProcessMessage.Turn;
import org.chandylamport.cluster.Wire.Batch;
import org.chandylamport.cluster.Wire.Told;
import org.chandylamport.model.Channel;
import org.chandylamport.model.ProcessId;
import org.chandylamport.protocol.BrokenChannelException;

/**
 * The actor of a process: a driver of the core. A channel is a pair of actors with reliable
 * delivery, the producer at the node of its sender and the consumer at that of its receiver.
 */
final class ProcessActor<S, M> extends AbstractBehavior<ProcessMessage> {

    private final HostedProcess<S, M> process;
    private final ActorRef<NodeMessage> node;
    private final Delivery delivery;
    private final Set<String> broken = new HashSet<>();
    private final Map<String, ActorRef<ConsumerController.Command<Batch>>> consumers =
            new HashMap<>();
    private boolean isConnected;
    private boolean isTurnDue;

    /** Starts the actors of the processes of a node, which are the children of the node's. */
    static <S, M> ImmutableMap<ProcessId, ActorRef<ProcessMessage>> spawnAll(
            ActorContext<NodeMessage> node, Hosting<S, M> hosting, Layout layout, int self) {
        Map<Channel, ActorRef<ProducerController.Command<Batch>>> producers = new HashMap<>();
        ImmutableMap.Builder<ProcessId, ActorRef<ProcessMessage>> spawned =
                ImmutableMap.builder();
        for (ProcessId p : layout.processes(self)) {
            for (Channel c : layout.topology().outgoing(p)) {
                ActorRef<ProducerController.Command<Batch>> producer = node.spawn(
                        ProducerController.create(Batch.class, c.name(), Optional.empty()),
                        layout.producer(c));
                node.watchWith(producer, new NodeMessage.Say(new Wire.Broken(
                        c.name(), "its sending end has ended", false)));
                producers.put(c, producer);
            }
            spawned.put(p, node.spawn(
                    of(p, hosting, layout, ImmutableMap.copyOf(producers), node.getSelf()),
                    layout.name(p)));
            producers.clear();
        }
        return spawned.buildOrThrow();
    }

    private static <S, M> Behavior<ProcessMessage> of(
            ProcessId p,
            Hosting<S, M> hosting,
            Layout layout,
            Map<Channel, ActorRef<ProducerController.Command<Batch>>> producers,
            ActorRef<NodeMessage> node) {
        return Behaviors.setup(context -> {
            ProcessActor<S, M> actor =
                    new ProcessActor<>(context, new HostedProcess<>(p, hosting), hosting, node);
            actor.connect(hosting, layout, producers);
            return actor;
        });
    }

    private ProcessActor(
            ActorContext<ProcessMessage> context,
            HostedProcess<S, M> process,
            Hosting<S, M> hosting,
            ActorRef<NodeMessage> node) {
        super(context);
        this.process = process;
        this.node = node;
        this.delivery = hosting.delivery();
    }

    private void connect(Hosting<S, M> hosting, Layout layout,
            Map<Channel, ActorRef<ProducerController.Command<Batch>>> producers) {
        for (OutgoingEnd<M> end : process.outgoing()) {
            if (delivery == Delivery.RELIABLE) {
                ActorRef<ProducerController.RequestNext<Batch>> demand = getContext()
                        .messageAdapter(ProducerController.requestNextClass(), Demand::new);
                requireNonNull(producers.get(end.channel()))
                        .tell(new ProducerController.Start<>(demand));
            } else {
                ActorRef<Told> to = resolve(layout.process(end.channel().to()));
                String name = end.channel().name();
                end.direct(batch -> to.tell(new Told(name, batch)));
            }
        }
        for (Channel c : hosting.topology().incoming(process.id())) {
            if (delivery == Delivery.RELIABLE) {
                ActorRef<ConsumerController.Delivery<Batch>> arrived = getContext()
                        .messageAdapter(ConsumerController.deliveryClass(), Arrived::new);
                ActorRef<ConsumerController.Command<Batch>> consumer = getContext().spawn(
                        ConsumerController.create(), layout.consumer(c));
                getContext().watchWith(consumer, new Lost(c));
                consumer.tell(new ConsumerController.Start<>(arrived));
                consumers.put(layout.producerPath(c), consumer);
            }
        }
    }

    /** Tells the producers of the incoming channels of their consumers, until all are connected. */
    private void register() {
        consumers.forEach((path, consumer) -> this.<ProducerController.Command<Batch>>resolve(
                path).tell(new ProducerController.RegisterConsumer<>(consumer)));
    }

    private <T> ActorRef<T> resolve(String path) {
        return ActorRefResolver.get(getContext().getSystem()).resolveActorRef(path);
    }

    @Override
    public Receive<ProcessMessage> createReceive() {
        return newReceiveBuilder().onAnyMessage(this::received).build();
    }

    private Behavior<ProcessMessage> received(ProcessMessage message) {
        try {
            act(message);
            if (process.run() && !isTurnDue) {
                isTurnDue = true;
                getContext().getSelf().tell(new Turn());
            }
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            Throwable failure = e instanceof BrokenChannelException ? e
                    : new IllegalStateException("process " + process.id() + " failed: " + e, e);
            process.halt(failure);
            say(failure, true);
        }
        return this;
    }

    private void act(ProcessMessage message) {
        if (message instanceof Arrived arrived) {
            ConsumerController.Delivery<Batch> delivered = arrived.delivery();
            arrived(delivered.producerId(), delivered.message(),
                    () -> delivered.confirmTo().tell(ConsumerController.confirmed()));
        } else if (message instanceof Told told) {
            arrived(told.channel(), told.batch(), () -> {});
        } else if (message instanceof Demand demand) {
            process.demand(demand.next().producerId(), demand.next().sendNextTo());
            sayIfConnected();
        } else if (message instanceof Turn) {
            isTurnDue = false;
            process.flush();
        } else if (message instanceof Take<?, ?> take) {
            @SuppressWarnings("unchecked") // Made by the node of this process.
            Take<S, M> own = (Take<S, M>) take;
            process.request(own);
        } else if (message instanceof RecordState record) {
            process.record(record.snapshot());
        } else if (message instanceof Abandon abandon) {
            process.abandon(abandon.snapshot());
        } else if (message instanceof Start) {
            consumers.clear();
            process.start();
        } else if (message instanceof Halt halt) {
            process.halt(halt.reason());
        } else if (message instanceof Lost lost) {
            say(new BrokenChannelException(lost.channel(), "its receiving end has ended"), false);
        } else if (message instanceof Tick) {
            register();
            sayIfConnected();
            node.tell(process.status());
        }
    }

    private void arrived(String channel, Batch batch, Runnable taken) {
        try {
            process.arrived(channel, batch, delivery != Delivery.BARE, taken);
        } catch (BrokenChannelException e) {
            if (broken.add(channel)) { // It delivers nothing any more: nothing confirms this.
                say(e, false);
            }
        }
    }

    private void say(Throwable cause, boolean isStopped) {
        node.tell(new NodeMessage.Say(cause instanceof BrokenChannelException e
                ? new Wire.Broken(e.channel().name(), e.fault(), isStopped)
                : new Wire.Broken(null, String.valueOf(cause.getMessage()), isStopped)));
    }

    private void sayIfConnected() {
        if (!isConnected && process.unconnected().isEmpty()) {
            isConnected = true;
            node.tell(new NodeMessage.Connected(process.id()));
        }
    }
}
