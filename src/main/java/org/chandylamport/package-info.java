/**
 * The Chandy-Lamport snapshot algorithm (Chandy and Lamport, Distributed Snapshots: Determining
 * Global States of Distributed Systems, ACM Transactions on Computer Systems 3(1), 1985): the
 * algorithm, drivers for it, and oracles that judge what it records.
 *
 * <h2>Reading order</h2>
 *
 * <ol>
 *   <li>{@code spec/ChandyLamport.tla}, beside {@link org.chandylamport.protocol.ChandyLamport}:
 *       the algorithm, twice.
 *   <li>{@link org.chandylamport.check.Theorem1}: why what it records could have happened.
 *   <li>{@link org.chandylamport.sim.Explorer}: every schedule of a small system.
 *   <li>{@link org.chandylamport.Network} and {@link org.chandylamport.runtime}: many threads.
 *   <li>{@link org.chandylamport.trace}: what an audit of any system reads.
 * </ol>
 *
 * <h2>Floors</h2>
 *
 * <pre>
 * 4  cli
 * 3  Network (here)     cluster    app    picture
 * 2  sim    runtime     trace    store
 * 1  protocol    check
 * 0  model
 * </pre>
 *
 * <p>Nothing imports upward, and there is no circle. {@code protocol} and {@code check} never meet:
 * an oracle that shares code with what it judges proves nothing. {@code sim} and {@code runtime} do
 * not meet either. The packages up to {@code runtime} need no library for JSON or command lines.
 *
 * <h2>Memory consistency properties</h2>
 *
 * <ul>
 *   <li>What a thread did before it called a method of {@link org.chandylamport.Network}
 *       happens-before what a process does in response.
 *   <li>What a process did before it sent a message or a marker happens-before what the receiver
 *       does after it received it.
 *   <li>What a process did in one step happens-before its next step, whichever thread performs it.
 *   <li>What the processes did before they recorded their states, and until the last marker
 *       arrived, happens-before the completion of the snapshot's future.
 *   <li>What a process did before it logged an event happens-before the event is observed.
 * </ul>
 */
@NullMarked
package org.chandylamport;

import org.jspecify.annotations.NullMarked;
