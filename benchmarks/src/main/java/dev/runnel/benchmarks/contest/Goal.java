package dev.runnel.benchmarks.contest;

/**
 * A goal, and what has been reached of it.
 *
 * @param title what it is about
 * @param limit the most that it may be
 * @param value what it is: the median of the rounds; NaN if it was not measured
 * @param shown the same with the range of the rounds
 */
record Goal(String title, double limit, double value, String shown) {
  /**
   * A goal.
   *
   * @param title what it is about
   * @param limit the most that it may be
   * @param rounds what it was in each round
   */
  static Goal of(String title, double limit, double... rounds) {
    return new Goal(title, limit, Statistics.median(rounds), Statistics.range(rounds));
  }

  /** Whether it is reached. */
  boolean met() {
    return value <= limit;
  }
}
