package dev.runnel.soak;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/** A thread that interrupts workers and ends their contexts, at random, until half are done. */
final class Storm {
  private static final long LULL_NANOS = 1_000_000;
  private static final int GUST = 8;

  private final List<Worker> victims;
  private final SplittableRandom random;
  private volatile boolean over;
  private final Thread thread;

  /**
   * Prepares a storm.
   *
   * @param victims whom it may strike
   * @param random the dice
   */
  Storm(List<Worker> victims, SplittableRandom random) {
    this.victims = victims;
    this.random = random;
    this.thread = Thread.ofPlatform().daemon().name("storm").unstarted(this::rage);
  }

  void start() {
    thread.start();
  }

  /** Stops, and waits for the last strike to be over. */
  void stop() throws InterruptedException {
    over = true;
    thread.join();
  }

  /**
   * After half of the workers are done it has to stop: an interrupt would free a worker that has
   * missed a wake-up, and so hide it.
   */
  private void rage() {
    while (!over && !victims.isEmpty() && halfAreAtWork()) {
      for (int i = 0; i < GUST; i++) {
        victims.get(random.nextInt(victims.size())).strike(random.nextBoolean());
      }
      LockSupport.parkNanos(LULL_NANOS);
    }
  }

  private boolean halfAreAtWork() {
    return victims.stream().filter(w -> !w.isDone()).limit(victims.size() / 2 + 1L).count()
        > victims.size() / 2;
  }
}
