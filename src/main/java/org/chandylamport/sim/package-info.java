/**
 * sim.
 */
@NullMarked
package org.chandylamport.sim;

import org.jspecify.annotations.NullMarked;
