/**
 * runtime.
 */
@NullMarked
package org.chandylamport.runtime;

import org.jspecify.annotations.NullMarked;
