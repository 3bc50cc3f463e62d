/**
 * Traces: computations of distributed systems and the global states recorded during them, as
 * newline-delimited JSON, one line an event. {@link org.chandylamport.trace.TraceWriter} writes
 * one, {@link org.chandylamport.trace.TraceReader} reads one, and
 * {@link org.chandylamport.trace.TraceAudit} puts one or several before the audit of
 * {@link org.chandylamport.check}. Any system, in any language, can write a trace.
 *
 * <p>Values of a trace that is read are canonical: two are {@code equals} exactly where they are
 * equal as JSON.
 *
 * <p>Floor 2: imports {@code model} and {@code check}, and needs Jackson at run time.
 */
@NullMarked
package org.chandylamport.trace;

import org.jspecify.annotations.NullMarked;
