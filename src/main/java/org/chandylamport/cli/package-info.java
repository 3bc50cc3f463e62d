/**
 * cli.
 */
@NullMarked
package org.chandylamport.cli;

import org.jspecify.annotations.NullMarked;
