package org.chandylamport.cluster;

import com.google.common.collect.ImmutableSortedSet;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.chandylamport.cluster.Wire.Control;
import org.chandylamport.cluster.Wire.Ended;
import org.chandylamport.cluster.Wire.GiveUp;
import org.chandylamport.cluster.Wire.Recorded;
import org.chandylamport.model.SnapshotId;

/**
 * The snapshots that processes of this node have recorded, and of which nobody has said what became
 * of them. Confined to the actor of the node.
 */
final class Unclaimed {

    private final TreeSet<Long> numbers = new TreeSet<>();
    private final BiConsumer<SnapshotId, String> listener;

    Unclaimed(BiConsumer<SnapshotId, String> listener) {
        this.listener = listener;
    }

    /** This node says something, or is told. */
    void said(Control control) {
        if (control instanceof Recorded recorded) {
            numbers.add(recorded.snapshot());
        } else if (control instanceof Ended ended) {
            numbers.remove(ended.snapshot());
        } else if (control instanceof GiveUp giveUp) {
            numbers.remove(giveUp.snapshot());
        }
    }

    /** Nobody will say it any more: what this node has not asked for itself is given up. */
    void end(ImmutableSortedSet<Long> own, String cause) {
        numbers.stream().filter(number -> !own.contains(number)).forEach(
                number -> listener.accept(new SnapshotId(number), cause));
        numbers.clear();
    }
}
