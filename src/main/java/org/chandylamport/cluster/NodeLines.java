package org.chandylamport.cluster;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.delivery.ConsumerController;
import org.apache.pekko.actor.typed.delivery.ProducerController;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.chandylamport.cluster.NodeMessage.FromLine;
import org.chandylamport.cluster.NodeMessage.LineDemand;
import org.chandylamport.cluster.NodeMessage.LineEnded;
import org.chandylamport.cluster.Wire.Control;

/**
 * The lines of a node: one to the coordinator and one from there; at the coordinator's node, the
 * other ends of all lines too. Confined to the actor of the node.
 */
final class NodeLines {

    private final ActorContext<NodeMessage> context;
    private final Layout layout;
    private final Map<String, Line<Control>> lines = new HashMap<>();
    private final Map<String, Integer> senders = new HashMap<>();
    private final Map<String, ActorRef<ConsumerController.Command<Control>>> unheard =
            new HashMap<>();
    private final int self;

    NodeLines(ActorContext<NodeMessage> context, Layout layout, int self) {
        this.context = context;
        this.layout = layout;
        this.self = self;
        send(layout.lineProducer(true, self));
        int controlled = self == Layout.COORDINATOR ? layout.nodes().size() : 0;
        for (int node = 0; node < controlled; node++) {
            send(layout.lineProducer(false, node));
        }
        for (int node = 0; node < controlled; node++) { // A producer here must be there already.
            receive(true, node, node);
        }
        receive(false, self, Layout.COORDINATOR);
    }

    private void send(String name) {
        lines.put(name, new Line<>());
        ActorRef<ProducerController.RequestNext<Control>> demand = context.messageAdapter(
                ProducerController.requestNextClass(), LineDemand::new);
        ActorRef<ProducerController.Command<Control>> producer = context.spawn(
                ProducerController.create(Control.class, name, Optional.empty()), name);
        context.watchWith(producer, new LineEnded(name));
        producer.tell(new ProducerController.Start<>(demand));
    }

    private void receive(boolean isUp, int node, int from) {
        senders.put(layout.lineProducer(isUp, node), from);
        ActorRef<ConsumerController.Delivery<Control>> arrived = context.messageAdapter(
                ConsumerController.deliveryClass(), FromLine::new);
        ActorRef<ConsumerController.Command<Control>> consumer = context.spawn(
                ConsumerController.create(), layout.lineConsumer(isUp, node));
        context.watchWith(consumer, new LineEnded(layout.lineConsumer(isUp, node)));
        consumer.tell(new ConsumerController.Start<>(arrived));
        unheard.put(layout.lineProducer(isUp, node), consumer);
    }

    /** Tells the producers of their consumers, until something has come from them. */
    void register() {
        unheard.forEach((name, consumer) -> ActorRefResolver.get(context.getSystem())
                .<ProducerController.Command<Control>>resolveActorRef(
                        Names.path(layout.nodes().get(sender(name))) + "/" + name)
                .tell(new ProducerController.RegisterConsumer<>(consumer)));
    }

    /** There is room in a line. */
    void demand(ProducerController.RequestNext<Control> next) {
        line(next.producerId()).demand(next.sendNextTo());
    }

    /** Tells the coordinator. */
    void up(Control control) {
        line(layout.lineProducer(true, self)).offer(control);
    }

    /** Whether everything has been handed on that the coordinator was told. */
    boolean isUpIdle() {
        return line(layout.lineProducer(true, self)).isIdle();
    }

    /** The coordinator tells a node. */
    void down(int node, Control control) {
        line(layout.lineProducer(false, node)).offer(control);
    }

    /** Whether the coordinator has ever been heard of by this node. */
    boolean isConnected(int node) {
        return line(layout.lineProducer(false, node)).isConnected();
    }

    private Line<Control> line(String name) {
        return requireNonNull(lines.get(name), name);
    }

    /** Whether it came up: from a node to the coordinator. */
    boolean isUp(ConsumerController.Delivery<Control> delivery) {
        return self == Layout.COORDINATOR
                && !delivery.producerId().equals(layout.lineProducer(false, self));
    }

    /** The node that sent it. */
    int sender(ConsumerController.Delivery<Control> delivery) {
        unheard.remove(delivery.producerId());
        return sender(delivery.producerId());
    }

    private int sender(String line) {
        return requireNonNull(senders.get(line), line);
    }
}
