package dev.runnel.benchmarks.workload;

/** A way to receive that belongs to one goroutine, such as a select prepared once. */
@FunctionalInterface
interface Take {
  /** Waits for the next value. */
  Integer take() throws Exception;
}
