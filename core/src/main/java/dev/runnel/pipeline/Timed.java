package dev.runnel.pipeline;

import dev.runnel.internal.pipeline.Described;
import dev.runnel.internal.pipeline.Timings;
import dev.runnel.time.RateLimiter;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * The operators that go by the time. All but {@code throttle} and {@code rateLimit} have a
 * goroutine upstream of them.
 *
 * @param <T> the type of the values
 */
sealed interface Timed<T> permits Pipeline {

  /**
   * Lets no more than so many values through in any stretch of time of a given length; others wait,
   * and upstream with them.
   *
   * @param count how many values
   * @param period the length
   * @return a pipeline of the same values
   * @throws IllegalArgumentException if the number is less than 1, or the period is zero or
   *     negative
   */
  default Pipeline<T> throttle(int count, Duration period) {
    Numbers.atLeast(1, count, "how many values a throttle lets through");
    long nanos = Numbers.moreThanZero(period, "the period of a throttle");
    return ((Described<T>) this).then("throttle", (up, _) -> Timings.throttle(up, count, nanos));
  }

  /**
   * Lets each value through when a limiter does, which others may use as well.
   *
   * @param limiter the limiter
   * @return a pipeline of the same values
   */
  default Pipeline<T> rateLimit(RateLimiter limiter) {
    Objects.requireNonNull(limiter, "limiter");
    return ((Described<T>) this)
        .then("rateLimit", (up, label) -> Timings.rateLimit(up, label, limiter));
  }

  /**
   * Fails with a {@link java.util.concurrent.TimeoutException} when upstream brings no value for
   * too long. The time that downstream takes is not counted.
   *
   * @param atMost how long to wait for a value, or for the end
   * @return a pipeline of the same values
   * @throws IllegalArgumentException if the time is zero or negative
   */
  default Pipeline<T> timeout(Duration atMost) {
    long nanos = Numbers.moreThanZero(atMost, "a timeout");
    return ((Described<T>) this)
        .then("timeout", (up, label) -> Timings.timeout(up, label, nanos, atMost.toString()));
  }

  /**
   * Lets a value through when no other has followed it for a time, and the last one at the end.
   *
   * @param quiet how long none must follow
   * @return a pipeline of those values
   * @throws IllegalArgumentException if the time is zero or negative
   */
  default Pipeline<T> debounce(Duration quiet) {
    long _ = Numbers.moreThanZero(quiet, "the quiet time of a debounce");
    return debounce(_ -> quiet);
  }

  /**
   * Lets a value through when no other has followed it for a time of its own, and the last one at
   * the end.
   *
   * @param quiet tells how long none must follow; zero or negative: it goes through at once
   * @return a pipeline of those values
   */
  default Pipeline<T> debounce(Transform<? super T, Duration> quiet) {
    Objects.requireNonNull(quiet, "quiet");
    return ((Described<T>) this)
        .then("debounce", (up, label) -> Timings.debounce(up, label, quiet));
  }

  /**
   * Lets the latest value through at regular intervals, if there is a new one. What came after the
   * last interval is left out at the end.
   *
   * @param period how often
   * @return a pipeline of those values
   * @throws IllegalArgumentException if the period is zero or negative
   */
  default Pipeline<T> sample(Duration period) {
    long nanos = Numbers.moreThanZero(period, "the period of a sample");
    return ((Described<T>) this).then("sample", (up, _) -> Timings.sample(up, nanos));
  }

  /**
   * Puts values into lists of a given size, or of fewer if the first of them has waited for a time.
   *
   * @param size how many values go into a list
   * @param atMost how long the first one waits
   * @return a pipeline of the lists, none of them empty
   * @throws IllegalArgumentException if the size is less than 1, or the time is zero or negative
   */
  default Pipeline<List<T>> groupedWithin(int size, Duration atMost) {
    Numbers.atLeast(1, size, "the size of a group");
    long nanos = Numbers.moreThanZero(atMost, "the time of a group");
    return ((Described<T>) this)
        .then(
            "groupedWithin", (up, label) -> Timings.groupedWithin(up, label, size, nanos, _ -> 1L));
  }

  /**
   * Puts values into lists of a given weight, or lighter ones if the first of them has waited for a
   * time.
   *
   * @param weight what a list weighs at least, if it has not waited
   * @param atMost how long the first one waits
   * @param weigh tells what a value weighs; a negative weight is a failure
   * @return a pipeline of the lists, none of them empty
   * @throws IllegalArgumentException if the weight is less than 1, or the time is zero or negative
   */
  default Pipeline<List<T>> groupedWeightedWithin(
      long weight, Duration atMost, Transform<? super T, Long> weigh) {
    Numbers.atLeast(1, weight, "the weight of a group");
    long nanos = Numbers.moreThanZero(atMost, "the time of a group");
    Objects.requireNonNull(weigh, "weigh");
    return ((Described<T>) this)
        .then(
            "groupedWeightedWithin",
            (up, label) -> Timings.groupedWithin(up, label, weight, nanos, weigh));
  }

  /**
   * Puts all values of a stretch of time into a list. The stretch begins with its first value.
   *
   * @param length how long a stretch is
   * @return a pipeline of the lists, none of them empty
   * @throws IllegalArgumentException if the length is zero or negative
   */
  default Pipeline<List<T>> window(Duration length) {
    long nanos = Numbers.moreThanZero(length, "the length of a window");
    return ((Described<T>) this)
        .then(
            "window",
            (up, label) -> Timings.groupedWithin(up, label, Long.MAX_VALUE, nanos, _ -> 1L));
  }
}
