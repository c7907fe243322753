package dev.runnel.benchmarks.workload;

/** Waits until this process does nothing any more. */
final class Quiet {
  private static final int LOOK_MILLIS = 100;

  /** Less CPU time than this between two looks is nothing. */
  private static final long NOTHING_NANOS = 5_000_000;

  /** Whoever is not quiet by then never is. */
  private static final int LOOKS = 50;

  private Quiet() {}

  /** Waits, for some seconds at most. */
  static void await() throws InterruptedException {
    long last = ProcessTime.nanos();
    for (int i = 0; i < LOOKS; i++) {
      Thread.sleep(LOOK_MILLIS);
      long now = ProcessTime.nanos();
      if (now - last < NOTHING_NANOS) {
        return;
      }
      last = now;
    }
  }
}
