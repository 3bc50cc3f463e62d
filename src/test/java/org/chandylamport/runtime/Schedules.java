package org.chandylamport.runtime;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;

/**
 * Lincheck's schedules of a race: a public class with operations, each of which is called once by a
 * thread of its own, and a validation, which throws if they have left things as they should not be.
 * All schedules are sequentially consistent: what a weaker memory shows is for jcstress.
 */
public final class Schedules {

    private static final int SCHEDULES = 200;

    private Schedules() {}

    /** Explores a race, and throws if a schedule fails its validation, or hangs. */
    static void explore(Class<?> race) {
        explore(race, SCHEDULES);
    }

    /** The same with so many schedules. */
    public static void explore(Class<?> race, int schedules) {
        new ModelCheckingOptions()
                .threads((int) Arrays.stream(race.getMethods())
                        .filter(method -> method.isAnnotationPresent(Operation.class)).count())
                .actorsPerThread(1)
                .actorsBefore(0)
                .actorsAfter(0)
                .iterations(1)
                .invocationsPerIteration(schedules)
                .minimizeFailedScenario(false)
                .addGuarantee(ManagedStrategyGuaranteeKt
                        .forClasses(name -> name.startsWith("com.google.common."))
                        .allMethods().ignore())
                .check(race);
    }

    /** Throws unless a schedule is found that fails the validation: the canary. */
    static void findFailure(Class<?> race) {
        findFailure(race, SCHEDULES);
    }

    /** The same with so many schedules. */
    public static void findFailure(Class<?> race, int schedules) {
        assertThrows(LincheckAssertionError.class, () -> explore(race, schedules));
    }

    /** Lets a worker of an engine that is not started run what it has to run, to the end. */
    public static void run(Engine<?, ?> engine, int worker) {
        while (engine.workers().worker(worker).runNext()) {
            Thread.onSpinWait();
        }
    }
}
