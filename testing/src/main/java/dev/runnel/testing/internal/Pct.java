package dev.runnel.testing.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Probabilistic concurrency testing, after Burckhardt, Kothari, Musuvathi and Nagarakatte (2010).
 * Each goroutine has a random priority, and of those that can go on the one with the highest does.
 * At a few random steps the one that runs falls behind all others. A defect that needs {@code
 * depth} orderings to show is so found with a probability of at least 1 / (n k^(depth-1)) in each
 * schedule of n goroutines and k steps, however deep it is hidden.
 */
public final class Pct implements Chooser {
  private final SplittableRandom random;
  private final Map<Integer, Long> priorities = new HashMap<>();

  /** The steps at which the one that runs falls behind. */
  private final long[] changes;

  private long step;
  private long lowest = -1;

  /**
   * Creates it.
   *
   * @param seed what its choices follow from
   * @param depth how many orderings it takes to show what is sought, at least 1
   * @param steps about how many steps a schedule has
   */
  public Pct(long seed, int depth, int steps) {
    this.random = new SplittableRandom(seed);
    this.changes = random.longs(depth - 1, 0, Math.max(1, steps)).toArray();
  }

  @Override
  public int next(int[] ready, int current) {
    long now = step++;
    if (current >= 0) {
      for (long change : changes) {
        if (change == now) {
          priorities.put(ready[current], lowest--);
        }
      }
    }
    int best = 0;
    for (int i = 1; i < ready.length; i++) {
      if (priority(ready[i]) > priority(ready[best])) {
        best = i;
      }
    }
    return best;
  }

  private long priority(int number) {
    return priorities.computeIfAbsent(number, _ -> random.nextLong(Long.MAX_VALUE));
  }

  @Override
  public int choose(int bound) {
    return random.nextInt(bound);
  }
}
