/**
 * check.
 */
@NullMarked
package org.chandylamport.check;

import org.jspecify.annotations.NullMarked;
