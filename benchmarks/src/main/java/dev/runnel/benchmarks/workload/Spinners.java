package dev.runnel.benchmarks.workload;

/**
 * Goroutines that compute all the time, and yield after each little piece of work, as they must on
 * the JVM, where nothing takes the processor away from them.
 */
final class Spinners {
  static final int COUNT = 2;
  static final long PIECE_NANOS = 10_000;

  private Spinners() {}

  /** Starts them, for as long as the process lives. */
  static void start(Peer<?> peer) {
    for (int i = 0; i < COUNT; i++) {
      peer.go(Spinners::spin);
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // it is what they are there for
  private static void spin() {
    while (true) {
      long end = System.nanoTime() + PIECE_NANOS;
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      Thread.yield();
    }
  }
}
