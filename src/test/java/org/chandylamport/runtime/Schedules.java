package org.chandylamport.runtime;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/**
 * Lincheck's schedules of a race: a public class with two operations, each of which is called once
 * by a thread of its own, and a validation, which throws if they have left things as they should
 * not be. All schedules are sequentially consistent: what a weaker memory shows is for jcstress.
 */
final class Schedules {

    private static final int SCHEDULES = 200;

    private Schedules() {}

    /** Explores a race, and throws if a schedule fails its validation, or hangs. */
    static void explore(Class<?> race) {
        new ModelCheckingOptions()
                .threads(2)
                .actorsPerThread(1)
                .actorsBefore(0)
                .actorsAfter(0)
                .iterations(1)
                .invocationsPerIteration(SCHEDULES)
                .minimizeFailedScenario(false)
                .addGuarantee(ManagedStrategyGuaranteeKt
                        .forClasses(name -> name.startsWith("com.google.common."))
                        .allMethods().ignore())
                .check(race);
    }

    /** Throws unless a schedule is found that fails the validation: the canary. */
    static void findFailure(Class<?> race) {
        assertThrows(LincheckAssertionError.class, () -> explore(race));
    }
}
