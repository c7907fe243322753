/**
 * Go's {@code time}: timers and tickers that speak through channels, and {@code x/time/rate}.
 *
 * <p>All of them keep to the clock of the goroutine that made them, so that virtual time moves
 * them.
 */
@NullMarked
package dev.runnel.time;

import org.jspecify.annotations.NullMarked;
