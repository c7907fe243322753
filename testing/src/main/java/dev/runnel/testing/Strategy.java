package dev.runnel.testing;

import dev.runnel.testing.internal.Plan;

/** How {@link Explore} chooses who goes on. */
public final class Strategy {
  private final Plan plan;

  private Strategy(Plan plan) {
    this.plan = plan;
  }

  Plan plan() {
    return plan;
  }

  /**
   * A random walk and PCT of depth 3 in turn.
   *
   * @return the strategy
   */
  public static Strategy mixed() {
    return new Strategy(new Plan.Mixed());
  }

  /**
   * At each operation anyone goes on, with the same chance.
   *
   * @return the strategy
   */
  public static Strategy randomWalk() {
    return new Strategy(new Plan.Walk());
  }

  /**
   * Goroutines have random priorities, and at {@code depth - 1} random moments the one that runs
   * falls behind all others (probabilistic concurrency testing). Finds what needs a goroutine to be
   * late for long.
   *
   * @param depth how many orderings a defect needs to show, at least 1; few need more than 3
   * @return the strategy
   * @throws IllegalArgumentException if the depth is less than 1
   */
  public static Strategy pct(int depth) {
    if (depth < 1) {
      throw new IllegalArgumentException("the depth must be at least 1, not " + depth);
    }
    return new Strategy(new Plan.OfPct(depth));
  }

  /**
   * All orders, one after another, in which at most so many times a goroutine is taken off though
   * it could go on. For small programs.
   *
   * @param preemptions how often at most, at least 0
   * @return the strategy
   * @throws IllegalArgumentException if the number is negative
   */
  public static Strategy exhaustive(int preemptions) {
    if (preemptions < 0) {
      throw new IllegalArgumentException("preemptions must not be negative: " + preemptions);
    }
    return new Strategy(new Plan.Exhaustive(preemptions));
  }
}
