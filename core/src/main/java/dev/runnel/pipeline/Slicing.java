package dev.runnel.pipeline;

import dev.runnel.internal.pipeline.Described;
import dev.runnel.internal.pipeline.Slices;
import java.util.Objects;

/**
 * The operators that let a part of the values through.
 *
 * @param <T> the type of the values
 */
sealed interface Slicing<T> permits Pipeline {

  /**
   * Lets the first values through, and stops what is upstream as soon as it has them.
   *
   * @param count how many; with 0, nothing upstream is run
   * @return a pipeline of so many values at most
   * @throws IllegalArgumentException if the number is negative
   */
  default Pipeline<T> take(long count) {
    Numbers.atLeast(0, count, "the number of values to take");
    return ((Described<T>) this).then("take", (up, _) -> Slices.take(up, count));
  }

  /**
   * Lets values through up to the first for which a condition does not hold, and then stops what is
   * upstream.
   *
   * @param condition the condition
   * @return a pipeline of the values before that
   */
  default Pipeline<T> takeWhile(Condition<? super T> condition) {
    Objects.requireNonNull(condition, "condition");
    return ((Described<T>) this)
        .then("takeWhile", (up, label) -> Slices.takeWhile(up, label, condition, false));
  }

  /**
   * Lets values through up to the first for which a condition holds, that one included, and then
   * stops what is upstream.
   *
   * @param condition the condition
   * @return a pipeline of the values up to that
   */
  default Pipeline<T> takeUntil(Condition<? super T> condition) {
    Objects.requireNonNull(condition, "condition");
    return ((Described<T>) this)
        .then(
            "takeUntil",
            (up, label) -> Slices.takeWhile(up, label, value -> !condition.test(value), true));
  }

  /**
   * Lets the last values through, when there are no more.
   *
   * @param count how many
   * @return a pipeline of so many values at most
   * @throws IllegalArgumentException if the number is negative
   */
  default Pipeline<T> takeLast(int count) {
    Numbers.atLeast(0, count, "the number of values to take");
    return ((Described<T>) this).then("takeLast", (up, _) -> Slices.takeLast(up, count));
  }

  /**
   * Leaves the first values out.
   *
   * @param count how many
   * @return a pipeline of the others
   * @throws IllegalArgumentException if the number is negative
   */
  default Pipeline<T> drop(long count) {
    Numbers.atLeast(0, count, "the number of values to drop");
    return ((Described<T>) this).then("drop", (up, _) -> Slices.drop(up, count));
  }

  /**
   * Leaves the last values out: each goes on when so many others have come after it.
   *
   * @param count how many
   * @return a pipeline of the others
   * @throws IllegalArgumentException if the number is negative
   */
  default Pipeline<T> dropLast(int count) {
    Numbers.atLeast(0, count, "the number of values to drop");
    return ((Described<T>) this).then("dropLast", (up, _) -> Slices.dropLast(up, count));
  }

  /**
   * Leaves out the values before the first for which a condition does not hold.
   *
   * @param condition the condition
   * @return a pipeline of that value and all that follow
   */
  default Pipeline<T> dropWhile(Condition<? super T> condition) {
    Objects.requireNonNull(condition, "condition");
    return ((Described<T>) this)
        .then("dropWhile", (up, label) -> Slices.dropWhile(up, label, condition));
  }

  /**
   * Leaves out values that equal the one before them.
   *
   * @return a pipeline of the others
   */
  default Pipeline<T> distinctUntilChanged() {
    return distinctUntilChanged(value -> value);
  }

  /**
   * Leaves out values with the same key as the one before them.
   *
   * @param key tells a value's key
   * @return a pipeline of the others
   */
  default Pipeline<T> distinctUntilChanged(Transform<? super T, ?> key) {
    Objects.requireNonNull(key, "key");
    return ((Described<T>) this)
        .then("distinctUntilChanged", (up, label) -> Slices.distinctUntilChanged(up, label, key));
  }

  /**
   * Leaves out values that are the same as the last that went through.
   *
   * @param same tells whether the one that went through and another are
   * @return a pipeline of the others
   */
  default Pipeline<T> distinctUntilChanged(Combine<? super T, ? super T, Boolean> same) {
    Objects.requireNonNull(same, "same");
    return ((Described<T>) this)
        .then("distinctUntilChanged", (up, label) -> Slices.distinctUntilChanged(up, label, same));
  }

  /**
   * Lets the last of each so many values through, beginning with the n-th.
   *
   * @param n how many
   * @return a pipeline of those
   * @throws IllegalArgumentException if the number is less than 1
   */
  default Pipeline<T> everyNth(long n) {
    Numbers.atLeast(1, n, "of how many values one goes through");
    return ((Described<T>) this).then("everyNth", (up, _) -> Slices.everyNth(up, n));
  }

  /**
   * Leaves out values that equal any before them. It remembers all different values.
   *
   * @return a pipeline of the others
   */
  default Pipeline<T> distinct() {
    return distinct(value -> value);
  }

  /**
   * Leaves out values with the same key as any before them. It remembers all different keys.
   *
   * @param key tells a value's key
   * @return a pipeline of the others
   */
  default Pipeline<T> distinct(Transform<? super T, ?> key) {
    Objects.requireNonNull(key, "key");
    return ((Described<T>) this).then("distinct", (up, label) -> Slices.distinct(up, label, key));
  }
}
