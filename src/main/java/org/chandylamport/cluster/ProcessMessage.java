package org.chandylamport.cluster;

import java.util.function.BiConsumer;
import org.apache.pekko.actor.typed.delivery.ConsumerController;
import org.apache.pekko.actor.typed.delivery.ProducerController;
import org.chandylamport.cluster.Wire.Batch;
import org.chandylamport.model.Behavior;
import org.chandylamport.model.Channel;
import org.chandylamport.model.SnapshotId;
import org.jspecify.annotations.Nullable;

/** What the actor of a process is told. */
interface ProcessMessage {

    /** Something arrived along the channel that the producer is named after. */
    record Arrived(ConsumerController.Delivery<Batch> delivery) implements ProcessMessage {}

    /** The receiving end of a channel, which was an actor, has ended. */
    record Lost(Channel channel) implements ProcessMessage {}

    /** There is room in the channel that the producer is named after. */
    record Demand(ProducerController.RequestNext<Batch> next) implements ProcessMessage {}

    /** All channels are connected. */
    record Start() implements ProcessMessage {}

    /** Take no further step. */
    record Halt(Throwable reason) implements ProcessMessage {}

    /** Take another turn. */
    record Turn() implements ProcessMessage {}

    /** Say how things are. */
    record Tick() implements ProcessMessage {}

    /** Record the state for this snapshot. */
    record RecordState(SnapshotId snapshot) implements ProcessMessage {}

    /** Give this snapshot up. */
    record Abandon(SnapshotId snapshot) implements ProcessMessage {}

    /**
     * Take this step.
     *
     * @param done is given the state after it, or why it was not taken
     */
    record Take<S, M>(
            Behavior.Step<S, M> step, BiConsumer<@Nullable S, @Nullable Throwable> done)
            implements ProcessMessage {}
}
