package org.chandylamport.cli;

import java.util.Optional;
import org.chandylamport.app.App;
import org.chandylamport.app.Bank;
import org.chandylamport.app.Diffusing;
import org.chandylamport.app.Locks;
import org.chandylamport.app.Tokens;
import org.chandylamport.app.Transactions;
import org.chandylamport.cli.GraphOptions.Shape;
import org.chandylamport.model.Topology;

/** The apps, by the name that a user types. */
enum AppName {

    bank(Shape.random, false),
    tokens(Shape.random, true),
    diffusing(Shape.random, false),
    locks(Shape.complete, false),
    transactions(Shape.complete, true);

    /** The topology, unless the user chooses one. */
    final Shape shape;

    /** Whether it can be run with a bug. */
    final boolean canBeBuggy;

    AppName(Shape shape, boolean canBeBuggy) {
        this.shape = shape;
        this.canBeBuggy = canBeBuggy;
    }

    /**
     * The app of this name.
     *
     * @throws IllegalArgumentException if it cannot run on this topology; the message is a sentence
     */
    App<?, ?> on(Topology topology, long messages, boolean isBuggy, long seed) {
        return switch (this) {
            case bank -> new Bank(topology, messages, seed);
            case tokens -> new Tokens(topology, messages, isBuggy);
            case diffusing -> new Diffusing(topology, messages, seed);
            case locks -> new Locks(topology, messages, false, seed);
            case transactions -> new Transactions(topology, messages, isBuggy, seed);
        };
    }

    /** The stable property without which it may never come to an end. */
    Optional<String> endsIn(boolean isBuggy) {
        return switch (this) {
            case locks -> Optional.of("deadlock");
            case tokens -> Optional.of("loss").filter(loss -> isBuggy);
            default -> Optional.empty();
        };
    }
}
