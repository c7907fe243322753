package dev.runnel.testing.internal;

import java.util.SplittableRandom;

/** Each choice is made at random. */
public final class RandomWalk implements Chooser {
  private final SplittableRandom random;

  /**
   * Creates it.
   *
   * @param seed what its choices follow from
   */
  public RandomWalk(long seed) {
    this.random = new SplittableRandom(seed);
  }

  @Override
  public int next(int[] ready, int current) {
    return random.nextInt(ready.length);
  }

  @Override
  public int choose(int bound) {
    return random.nextInt(bound);
  }
}
