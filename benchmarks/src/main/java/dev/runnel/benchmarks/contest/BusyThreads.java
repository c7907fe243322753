package dev.runnel.benchmarks.contest;

/** Threads of the system, in this process, that keep the machine busy beside the contestants. */
final class BusyThreads implements AutoCloseable {
  private static final int COUNT = 2;

  private volatile boolean ended;

  private BusyThreads() {}

  /**
   * Starts two, or none.
   *
   * @param busy whether the machine is to be busy
   */
  static BusyThreads start(boolean busy) {
    BusyThreads threads = new BusyThreads();
    for (int i = 0; busy && i < COUNT; i++) {
      var _ = Thread.ofPlatform().daemon().name("busy").start(threads::spin);
    }
    return threads;
  }

  private void spin() {
    while (!ended) {
      Thread.onSpinWait();
    }
  }

  /** Tells them to end. */
  @Override
  public void close() {
    ended = true;
  }
}
