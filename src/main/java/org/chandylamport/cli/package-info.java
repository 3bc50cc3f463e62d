/**
 * The command line: {@link org.chandylamport.cli.Main} and one class a subcommand. Exit status 0:
 * all is well; 1: something was refuted; 2: the arguments or the input could not be understood, or
 * a file not be read or written, which one sentence on standard error explains.
 *
 * <p>Floor 4: imports what it needs; nothing imports it.
 */
@NullMarked
package org.chandylamport.cli;

import org.jspecify.annotations.NullMarked;
