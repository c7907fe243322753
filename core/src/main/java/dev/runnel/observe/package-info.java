/**
 * What goroutines do, for those who look from outside: dumps in Go's form and as JSON.
 *
 * <p>Start with {@link dev.runnel.observe.Goroutines#dump}.
 */
@NullMarked
package dev.runnel.observe;

import org.jspecify.annotations.NullMarked;
