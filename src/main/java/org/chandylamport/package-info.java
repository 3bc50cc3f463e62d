/**
 * The Chandy-Lamport snapshot algorithm.
 */
@NullMarked
package org.chandylamport;

import org.jspecify.annotations.NullMarked;
