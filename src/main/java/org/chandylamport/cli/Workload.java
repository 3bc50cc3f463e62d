package org.chandylamport.cli;

import java.util.Locale;
import java.util.Optional;
import org.chandylamport.app.App;
import org.chandylamport.cli.GraphOptions.Shape;
import org.chandylamport.model.Topology;
import org.chandylamport.store.CodecException;
import org.chandylamport.store.JsonCodec;
import org.chandylamport.store.StoredSnapshot;

/**
 * An app on a topology. The same values give the same app and topology.
 *
 * @param messages how many messages the app sends, at least
 * @param isBuggy whether the app has a bug
 * @param seed decides a random topology and what the app chooses
 */
record Workload(
        AppName app, Shape shape, int processes, long messages, boolean isBuggy, long seed) {

    private static final JsonCodec<Workload> CODEC = JsonCodec.of(Workload.class);

    Topology topology() {
        return GraphOptions.topology(shape, processes, seed);
    }

    /** @throws IllegalArgumentException if it cannot run there; the message is a sentence */
    App<?, ?> newApp() {
        return app.on(topology(), messages, isBuggy, seed);
    }

    /** The stable property that must be looked for, because it may never come to its end. */
    Optional<String> endsIn() {
        return app.endsIn(isBuggy);
    }

    /** This as a text, to be stored with snapshots. */
    String line() throws CodecException {
        return CODEC.text(this);
    }

    /** What a stored snapshot is of. */
    static Workload of(StoredSnapshot stored) throws CodecException {
        try {
            return CODEC.parse(stored.about());
        } catch (CodecException e) {
            throw new CodecException(stored + " is of another program: " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        Topology topology = topology();
        return String.format(Locale.ROOT, "%s%s, %s graph of %,d processes and %,d channels",
                app, isBuggy ? " with a bug" : "", shape,
                topology.processes().size(), topology.channels().size());
    }
}
