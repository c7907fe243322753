package dev.runnel.benchmarks.workload;

/**
 * Ends the process when a goroutine fails: the others would wait for ever for what it was to do.
 */
final class Failure {
  private Failure() {}

  /** Says why and ends it. */
  static void end(Throwable why) {
    why.printStackTrace();
    Runtime.getRuntime().halt(1);
  }
}
