/**
 * A driver with one thread and a chosen schedule. {@link org.chandylamport.sim.Setup} says what a
 * system is, {@link org.chandylamport.sim.Action} what can happen next,
 * {@link org.chandylamport.sim.Simulator} makes it happen, and
 * {@link org.chandylamport.sim.Explorer} makes all of it happen. A
 * {@link org.chandylamport.sim.Scenario} is a schedule as a story.
 *
 * <p>What processes do is done by {@link org.chandylamport.protocol.ChandyLamport} and nothing
 * else; this package keeps the channels and makes the choices. Not for use by several threads.
 *
 * <p>Floor 2: imports {@code model}, {@code protocol} and {@code check}.
 */
@NullMarked
package org.chandylamport.sim;

import org.jspecify.annotations.NullMarked;
