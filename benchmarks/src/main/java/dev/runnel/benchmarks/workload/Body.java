package dev.runnel.benchmarks.workload;

/** A workload that does as many operations as it is told to. */
@FunctionalInterface
interface Body {
  /**
   * Does at least this many operations, and checks that they did what they should.
   *
   * @param operations how many are wanted
   * @return how many were done
   */
  long run(long operations) throws Exception;
}
