package dev.runnel.benchmarks.workload;

/** Bare virtual threads, for the contestants that have no goroutines of their own. */
final class Threads {
  private Threads() {}

  /**
   * The step as a thread's body. A failure ends the process: the others would wait for ever for
   * what this one was to do.
   */
  static Runnable running(Step step) {
    return () -> {
      try {
        step.run();
      } catch (Throwable t) {
        fail(t);
      }
    };
  }

  /** Ends the process with a failure, which it reports first. */
  static void fail(Throwable why) {
    why.printStackTrace();
    Runtime.getRuntime().halt(1);
  }
}
