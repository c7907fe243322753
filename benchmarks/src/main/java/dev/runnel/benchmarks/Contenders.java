package dev.runnel.benchmarks;

import dev.runnel.ErrGroup;
import java.util.concurrent.ExecutionException;

/**
 * Runs the same thing in several goroutines at once, until all have done it. A goroutine is a
 * virtual thread, so this serves the JDK's primitives as well as Runnel's.
 */
final class Contenders {
  /** How many there are. */
  static final int COUNT = 8;

  /** How often each does what it does: so often that starting it counts for nothing. */
  static final int TIMES = 10_000;

  /** Operations in all. */
  static final int OPERATIONS = COUNT * TIMES;

  /** What one of them does, once. */
  interface Step {
    /**
     * Does it.
     *
     * @param contender which one does it, from 0
     * @param time how often it has done it, from 0
     */
    void run(int contender, int time) throws InterruptedException;
  }

  private Contenders() {}

  /** Starts them and waits for them; fails if one fails. */
  static void run(Step step) throws InterruptedException, ExecutionException {
    try (ErrGroup group = ErrGroup.open()) {
      for (int i = 0; i < COUNT; i++) {
        int contender = i;
        group.go(() -> {
          for (int time = 0; time < TIMES; time++) {
            step.run(contender, time);
          }
        });
      }
      group.await();
    }
  }

  /** Fails if a count that a lock protects has gone wrong. */
  static int checked(int counted) {
    if (counted != OPERATIONS) {
      throw new AssertionError("counted " + counted + " of " + OPERATIONS);
    }
    return counted;
  }
}
