/**
 * Stress and memory tests: many threads of both kinds, with interrupts, timeouts, cancels and
 * closes in between, and an account of every value.
 *
 * <p>Each test is bounded by a count of operations, which {@code -Drunnel.stress.scale=20}
 * multiplies, and prints its seed when it fails; {@code -Drunnel.stress.seed} sets it.
 */
@NullMarked
package dev.runnel.stress;

import org.jspecify.annotations.NullMarked;
