package org.chandylamport;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.chandylamport.app.RandomSystem;

/** Random systems for properties. */
public final class RandomSystems {

    private RandomSystems() {}

    /** Any system with up to so many processes; shrinks to few processes, channels, snapshots. */
    public static Arbitrary<RandomSystem> any(int maxProcesses) {
        return Combinators.combine(
                        Arbitraries.integers().between(1, maxProcesses),
                        Arbitraries.integers().between(0, 20),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.longs())
                .as(RandomSystem::of)
                .withoutEdgeCases();
    }
}
