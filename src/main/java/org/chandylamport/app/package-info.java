/**
 * app.
 */
@NullMarked
package org.chandylamport.app;

import org.jspecify.annotations.NullMarked;
