package org.chandylamport;

import java.util.function.BooleanSupplier;

/** Waiting in a test for what other threads do; ends where the test is interrupted. */
final class Until {

    private Until() {}

    static void holds(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (Thread.interrupted()) {
                throw new IllegalStateException("interrupted before it came true");
            }
            Thread.yield();
        }
    }
}
