/**
 * The properties of recorded global states, and the oracles that check them. Each takes a
 * computation and a snapshot, and gives a {@link org.chandylamport.check.Verdict} that argues.
 *
 * <p>Read in this order:
 *
 * <ol>
 *   <li>{@link org.chandylamport.check.Audit}, the cut: no message is received before it and sent
 *       after it, and each channel holds exactly what crosses it. It streams;
 *   <li>{@link org.chandylamport.check.Theorem1}, the paper's theorem as a construction: it moves
 *       the prerecording events in front, and meets the recorded state on the way;
 *   <li>{@link org.chandylamport.check.Lattice}, every reachable global state of a small
 *       computation, the recorded one among them;
 *   <li>{@link org.chandylamport.check.BlackBox}, for systems that do not log where they cut: the
 *       least cut with the recorded state.
 * </ol>
 *
 * <p>Behind {@code Audit}: {@link org.chandylamport.check.Linearization} orders the logs, {@code
 * Progress} is a process and {@code Transit} a channel of the computation, {@code Cut} and {@code
 * Boundary} are where a snapshot cuts processes and channels, {@code Matching} compares what was
 * recorded with what was there, {@code Judgement} makes the verdict. {@code Permutation} and {@code
 * Replay} construct the theorem; {@code History} is a computation by steps, which the lattice and
 * {@code LeastCut} advance along. What reads a trace sees only {@link
 * org.chandylamport.check.Oracle} and {@link org.chandylamport.check.Report}.
 *
 * <p>{@link org.chandylamport.check.StableProperty} is what a recorded state can prove of the state
 * now, and {@link org.chandylamport.check.Detector} looks for it.
 *
 * <p>Floor 1: imports {@code model} only. What is judged is in {@code protocol}, and an oracle that
 * shares code with it would prove nothing.
 */
@NullMarked
package org.chandylamport.check;

import org.jspecify.annotations.NullMarked;
