/**
 * trace.
 */
@NullMarked
package org.chandylamport.trace;

import org.jspecify.annotations.NullMarked;
