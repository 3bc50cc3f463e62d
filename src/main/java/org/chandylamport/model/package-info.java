/**
 * What the paper calls the model of a distributed system: processes, channels, events,
 * computations and global states. Everything is an immutable value, except what a user implements,
 * a {@link org.chandylamport.model.Behavior}, and is handed, an
 * {@link org.chandylamport.model.Outbox}.
 *
 * <p>Floor 0: imports nothing else of this project. Collections are sorted, so that equal values
 * print, hash and serialise equally.
 */
@NullMarked
package org.chandylamport.model;

import org.jspecify.annotations.NullMarked;
