package dev.runnel.benchmarks.workload;

/** A way to send that belongs to one goroutine. */
@FunctionalInterface
interface Give {
  /** Hands the value over. */
  void give(Integer value) throws Exception;
}
