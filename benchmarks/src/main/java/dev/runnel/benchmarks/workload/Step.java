package dev.runnel.benchmarks.workload;

/** What a goroutine does, in whatever a contestant calls a goroutine. */
@FunctionalInterface
interface Step {
  /** Does it. */
  void run() throws Exception;
}
