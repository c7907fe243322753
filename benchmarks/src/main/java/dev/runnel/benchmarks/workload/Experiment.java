package dev.runnel.benchmarks.workload;

/** Something that is measured. */
@FunctionalInterface
interface Experiment {
  /**
   * Warms up and measures.
   *
   * @param warmUp nanoseconds of CPU time to warm up
   * @param measured nanoseconds to measure for, where that can be chosen
   */
  Figures measure(long warmUp, long measured) throws Exception;
}
