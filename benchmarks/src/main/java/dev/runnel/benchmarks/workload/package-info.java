/**
 * The workloads of the side-by-side run, and how each library on the JVM does them. A process of
 * {@link dev.runnel.benchmarks.workload.Runner} runs one workload of one contestant.
 */
@NullMarked
package dev.runnel.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
