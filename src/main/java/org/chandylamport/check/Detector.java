package org.chandylamport.check;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.chandylamport.model.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a stable property in one snapshot after another, until it is true of one, or it is told
 * to stop (the paper, section 4).
 *
 * <p>Thread-safe. It has no thread of its own: each snapshot is looked at on the common pool, and
 * the next one initiated there.
 *
 * <p>Memory consistency effects: what a thread did before it called {@link #stop} happens-before
 * the last snapshot is initiated.
 */
public final class Detector<S, M> {

    private final StableProperty<S, M> property;
    private final Supplier<? extends CompletionStage<Snapshot<S, M>>> snapshots;
    private final CompletableFuture<Optional<Detection<S, M>>> future = new CompletableFuture<>();
    private volatile boolean isStopping;

    private Detector(
            StableProperty<S, M> property,
            Supplier<? extends CompletionStage<Snapshot<S, M>>> snapshots) {
        this.property = property;
        this.snapshots = snapshots;
    }

    /**
     * A stable property, detected.
     *
     * @param snapshot the recorded global state of which it is true
     * @param witness why
     */
    public record Detection<S, M>(Snapshot<S, M> snapshot, String witness) {}

    /**
     * Begins to look.
     *
     * @param snapshots initiates a snapshot: {@code () -> network.snapshot(p).future()}
     */
    public static <S, M> Detector<S, M> start(
            StableProperty<S, M> property,
            Supplier<? extends CompletionStage<Snapshot<S, M>>> snapshots) {
        Detector<S, M> detector = new Detector<>(property, snapshots);
        detector.look();
        return detector;
    }

    /**
     * The first snapshot of which the property is true; empty if there was none until it stopped.
     * Fails if a snapshot fails, or the property throws.
     */
    public CompletableFuture<Optional<Detection<S, M>>> future() {
        return future.copy();
    }

    /** Initiates one last snapshot: what is true when this is called will be detected. */
    public void stop() {
        isStopping = true;
    }

    private void look() {
        boolean isLast = isStopping; // Before the snapshot is initiated.
        try {
            snapshots.get().whenCompleteAsync((snapshot, failure) -> {
                try {
                    if (failure != null) {
                        future.completeExceptionally(failure);
                    } else if (!judge(snapshot, isLast)) {
                        look();
                    }
                } catch (Throwable t) { // Whatever it is, the future must not stay open.
                    future.completeExceptionally(t);
                }
            });
        } catch (RuntimeException e) {
            future.completeExceptionally(e);
        }
    }

    /** Returns whether there is nothing more to look for. */
    private boolean judge(@Nullable Snapshot<S, M> snapshot, boolean isLast) {
        if (snapshot == null) {
            throw new IllegalStateException("a snapshot was completed with null");
        }
        Optional<String> witness = property.witness(snapshot.state());
        if (witness.isPresent() || isLast) {
            future.complete(witness.map(why -> new Detection<>(snapshot, why)));
            return true;
        }
        return false;
    }
}
