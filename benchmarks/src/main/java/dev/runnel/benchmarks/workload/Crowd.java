package dev.runnel.benchmarks.workload;

/** Many goroutines that wait. */
interface Crowd {
  /**
   * Starts so many, and returns when all have come to where they wait, or are about to.
   *
   * @param count how many
   */
  void gather(int count) throws Exception;

  /** Ends their waiting, and returns when all have ended. */
  void dismiss() throws Exception;
}
