/**
 * Snapshots on disk, and values as bytes. {@link org.chandylamport.store.Codec} turns values into
 * bytes and back, {@link org.chandylamport.store.SnapshotStore} is a directory of recorded global
 * states that survives a crash at any moment.
 *
 * <p>Floor 2: imports {@code model} only, and needs Jackson at run time where
 * {@link org.chandylamport.store.JsonCodec} is used.
 */
@NullMarked
package org.chandylamport.store;

import org.jspecify.annotations.NullMarked;
