package dev.runnel.benchmarks.workload;

/** A lock. */
interface Guard {
  /** Waits for it. */
  void lock() throws Exception;

  /** Gives it back. */
  void unlock();
}
