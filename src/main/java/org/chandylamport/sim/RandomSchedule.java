package org.chandylamport.sim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Random choices among actions. Each action has a weight of its own, drawn when it is first seen,
 * so that in one schedule a channel lags behind and in another a process does.
 */
final class RandomSchedule {

    private final SplittableRandom random;
    private final Map<Action, Integer> weights = new HashMap<>();

    RandomSchedule(long seed) {
        random = new SplittableRandom(seed);
    }

    /** One of the actions; the same one for the same seed and the same calls before. */
    Action choose(List<Action> enabled) {
        int sum = 0;
        for (Action action : enabled) {
            sum += weight(action);
        }
        int left = random.nextInt(sum);
        for (Action action : enabled) {
            left -= weight(action);
            if (left < 0) {
                return action;
            }
        }
        throw new AssertionError(enabled);
    }

    private int weight(Action action) {
        return weights.computeIfAbsent(action, any -> 1 << random.nextInt(6));
    }
}
