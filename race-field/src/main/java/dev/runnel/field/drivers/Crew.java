package dev.runnel.field.drivers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Threads that do the same, or each its own, for a while. */
final class Crew {
  /** How long a stage of a driver goes on, in milliseconds. */
  private static final long STAGE = Long.getLong("runnel.field.stage", 3_000);

  private static final long SEED = 42;

  private Crew() {}

  /** One turn of a worker, with random numbers of its own. */
  interface Turn {
    void run(SplittableRandom random) throws Exception;
  }

  /**
   * Repeats turns until the stage is over, each on a thread of its own, and waits for all.
   *
   * @param turns a thread for each
   */
  static void work(Turn... turns) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STAGE);
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < turns.length; i++) {
      Turn turn = turns[i];
      SplittableRandom random = new SplittableRandom(SEED + i);
      threads.add(
          Thread.ofPlatform()
              .name("worker-" + i)
              .start(() -> {
                try {
                  while (System.nanoTime() - deadline < 0) {
                    turn.run(random);
                  }
                } catch (Throwable e) { // told to who waits
                  failure.compareAndSet(null, e);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    Throwable thrown = failure.get();
    if (thrown != null) {
      throw new IllegalStateException("a worker failed", thrown);
    }
  }

  /** Repeats one turn on several threads. */
  static void work(int threads, Turn turn) throws Exception {
    Turn[] turns = new Turn[threads];
    Arrays.fill(turns, turn);
    work(turns);
  }

  /** Fails the driver, as the library did not do what it must. */
  static void check(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException(what);
    }
  }
}
