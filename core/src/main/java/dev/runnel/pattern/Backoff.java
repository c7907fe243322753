package dev.runnel.pattern;

import dev.runnel.internal.hook.Hooks;
import java.time.Duration;
import java.util.Objects;

/** How long to wait before something that failed is tried again. */
@FunctionalInterface
public interface Backoff {

  /**
   * The time to wait.
   *
   * @param failures how often it has failed, at least 1
   * @param latest what it failed with the last time
   * @return how long; zero or negative: not at all
   */
  Duration delay(int failures, Exception latest);

  /**
   * The same time each time.
   *
   * @param delay how long
   * @return the back-off
   * @throws NullPointerException if the delay is null
   */
  static Backoff constant(Duration delay) {
    Objects.requireNonNull(delay, "delay");
    return (_, _) -> delay;
  }

  /**
   * Twice as long each time, up to a bound; each time a random part of it, at least half, so that
   * those who failed together do not come back together.
   *
   * @param first how long to wait after the first failure at most, more than zero
   * @param most how long to wait at most, ever
   * @return the back-off
   * @throws IllegalArgumentException if {@code first} is not more than zero, or {@code most} is
   *     less
   * @throws NullPointerException if an argument is null
   */
  static Backoff exponential(Duration first, Duration most) {
    if (first.compareTo(Duration.ZERO) <= 0 || most.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "an exponential back-off grows from more than zero up to at least that, not from "
              + first
              + " to "
              + most);
    }
    return (failures, _) -> {
      Duration whole = first;
      for (int i = 1; i < failures && whole.compareTo(most) < 0; i++) {
        whole = whole.compareTo(most.dividedBy(2)) > 0 ? most : whole.multipliedBy(2);
      }
      return part(whole);
    };
  }

  private static Duration part(Duration whole) {
    Duration half = whole.dividedBy(2);
    return half.plus(half.multipliedBy(Hooks.random(1001)).dividedBy(1000));
  }
}
