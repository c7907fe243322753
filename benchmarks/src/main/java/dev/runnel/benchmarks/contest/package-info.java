/**
 * The side-by-side run behind {@code ./runnel bench}: who takes part, in what order, what came out.
 */
@NullMarked
package dev.runnel.benchmarks.contest;

import org.jspecify.annotations.NullMarked;
