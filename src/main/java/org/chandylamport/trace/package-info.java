/**
 * Traces: computations of distributed systems and the global states recorded during them, as
 * newline-delimited JSON, one line an event. {@link org.chandylamport.trace.TraceWriter} writes
 * one, {@link org.chandylamport.trace.TraceReader} reads one file,
 * {@link org.chandylamport.trace.TraceFiles} reads several in step and tells an oracle of
 * {@link org.chandylamport.check}, and {@link org.chandylamport.trace.AuditReport} shows what that
 * says. Any system, in any language, can write a trace.
 *
 * <p>Values of a trace that is read are canonical: two are {@code equals} exactly where they are
 * equal as JSON.
 *
 * <p>Limits, whatever the input: a line has 16 MiB, and what stands on it takes 64 bytes of memory
 * for each byte, so 1 GiB, while it is read; values nest 500 deep; a number has 1000 characters,
 * and an exponent between -1,000,000,000 and 1,000,000,000. A line beyond them cannot be read. From
 * one line to the next a reader keeps the last state of each process, and the names of snapshots.
 *
 * <p>Floor 2: imports {@code model} and {@code check}, and needs Jackson at run time.
 */
@NullMarked
package org.chandylamport.trace;

import org.jspecify.annotations.NullMarked;
