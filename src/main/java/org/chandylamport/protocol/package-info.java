/**
 * The algorithm. {@link org.chandylamport.protocol.ChandyLamport} is all of it;
 * {@link org.chandylamport.protocol.Recording} is what one process records for one snapshot, and
 * {@link org.chandylamport.protocol.Superposition} joins the algorithm and a behavior. Channels
 * that are not reliable are numbered: {@link org.chandylamport.protocol.Numbering}.
 *
 * <p>No thread, clock, randomness, input or output: drivers bring those. An instance belongs to one
 * thread at a time; a driver that hands it over orders the uses by a release/acquire edge.
 *
 * <p>Floor 1: imports {@code model} only.
 */
@NullMarked
package org.chandylamport.protocol;

import org.jspecify.annotations.NullMarked;
