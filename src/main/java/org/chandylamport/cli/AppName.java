package org.chandylamport.cli;

import org.chandylamport.app.App;
import org.chandylamport.app.Bank;
import org.chandylamport.app.Tokens;
import org.chandylamport.cli.GraphOptions.Shape;
import org.chandylamport.model.Topology;

/** The apps, by the name that a user types. */
enum AppName {

    bank(Shape.random),
    tokens(Shape.random);

    /** The topology, unless the user chooses one. */
    final Shape shape;

    AppName(Shape shape) {
        this.shape = shape;
    }

    /**
     * The app of this name.
     *
     * @throws IllegalArgumentException if it cannot run on this topology; the message is a sentence
     */
    App<?, ?> on(Topology topology, long messages, long seed) {
        return switch (this) {
            case bank -> new Bank(topology, messages, seed);
            case tokens -> new Tokens(topology, messages);
        };
    }
}
