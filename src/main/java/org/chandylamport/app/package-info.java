/**
 * Underlying computations that people know, to run, to trace and to snapshot.
 *
 * <p>Floor 3: imports {@code model}, and above it only what a use of snapshots needs.
 */
@NullMarked
package org.chandylamport.app;

import org.jspecify.annotations.NullMarked;
