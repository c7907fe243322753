package dev.runnel.stress;

import java.time.Duration;
import java.util.SplittableRandom;

/** The random choices of one worker, which its seed repeats. */
final class Dice {
  private final long seed;
  private final SplittableRandom random;

  Dice(long seed) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
  }

  /** The dice of a whole test; {@code runnel.stress.seed} repeats them. */
  static Dice ofTest() {
    return new Dice(Long.getLong("runnel.stress.seed", System.nanoTime()));
  }

  /** The dice of one of a test's workers. */
  Dice ofWorker(int worker) {
    return new Dice(seed * 31 + worker);
  }

  /** From 0 to {@code bound - 1}. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  /** A time so short that it runs out while things happen: often zero, at most 60 us. */
  Duration tinyTime() {
    return Duration.ofNanos(oneIn(3) ? 0 : random.nextInt(60_000));
  }

  @Override
  public String toString() {
    return "-Drunnel.stress.seed=" + seed;
  }
}
