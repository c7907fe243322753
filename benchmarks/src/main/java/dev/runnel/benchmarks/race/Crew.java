package dev.runnel.benchmarks.race;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Some threads of the system that stay, and of which each does its part of a piece. */
final class Crew implements AutoCloseable {
  static final int THREADS = 4;

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  /** One thread's part. */
  interface Part {
    /**
     * Does it.
     *
     * @param number of the part, from 0
     * @return a figure that tells whether it was done
     */
    long run(int number) throws Exception;
  }

  /** Has all parts done at once, and returns the sum of their figures. */
  long sum(Part part) throws InterruptedException, ExecutionException {
    List<Future<Long>> begun = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      begun.add(threads.submit(() -> part.run(number)));
    }
    long sum = 0;
    for (Future<Long> one : begun) {
      sum += one.get();
    }
    return sum;
  }

  /** Refuses a figure that is not what it must be. */
  static void expect(long expected, long was) {
    if (was != expected) {
      throw new AssertionError("it came to " + was + " instead of " + expected);
    }
  }

  @Override
  public void close() {
    threads.close();
  }
}
