/**
 * Pictures of traces: the space-time diagram of a snapshot ({@link
 * org.chandylamport.picture.Diagram}, an SVG file), the report that a reader can move through
 * ({@link org.chandylamport.picture.HtmlReport}, one HTML file), and the log that ShiViz draws
 * ({@link org.chandylamport.picture.ShiViz}).
 *
 * <p>All three show an {@link org.chandylamport.picture.Execution}: a trace that was read whole and
 * audited, in one linear order, with an {@link org.chandylamport.picture.Arrow} for each message
 * and marker. They judge nothing: what is consistent, what contradicts what, and the construction
 * of Theorem 1 come from {@link org.chandylamport.check}.
 *
 * <p>Floor 3: imports {@code model}, {@code check} and {@code trace}.
 */
@NullMarked
package org.chandylamport.picture;

import org.jspecify.annotations.NullMarked;
