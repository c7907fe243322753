/**
 * What the race detector costs, behind {@code ./runnel bench --race}: real programs, each with and
 * without it, in turns.
 */
@NullMarked
package dev.runnel.benchmarks.race;

import org.jspecify.annotations.NullMarked;
