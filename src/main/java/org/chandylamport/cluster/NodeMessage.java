package org.chandylamport.cluster;

import org.apache.pekko.actor.typed.delivery.ConsumerController;
import org.apache.pekko.actor.typed.delivery.ProducerController;
import org.chandylamport.cluster.Wire.Control;
import org.chandylamport.model.ProcessId;

/** What the actor of a node is told. */
interface NodeMessage {

    /** Something arrived along a line from another node, or from this one. */
    record FromLine(ConsumerController.Delivery<Control> delivery) implements NodeMessage {}

    /** There is room in a line. */
    record LineDemand(ProducerController.RequestNext<Control> next) implements NodeMessage {}

    /** Something has become of a node, as {@link Members} understands it. */
    record Membership(Object event) implements NodeMessage {}

    /** One of this node's ends of a line has ended. */
    record LineEnded(String name) implements NodeMessage {}

    /** Some time has passed. */
    record Tick() implements NodeMessage {}

    /** Tell the coordinator. */
    record Say(Control control) implements NodeMessage {}

    /** All channels that lead away from a process are connected. */
    record Connected(ProcessId process) implements NodeMessage {}
}
