package dev.runnel.pipeline;

import dev.runnel.Overflow;
import dev.runnel.internal.pipeline.Crossings;
import dev.runnel.internal.pipeline.Described;
import dev.runnel.internal.pipeline.Stage;
import java.util.List;
import java.util.Objects;

/**
 * The operators that have goroutines upstream of them.
 *
 * <p>If one of those fails, the others of the same operator are canceled.
 *
 * @param <T> the type of the values
 */
sealed interface Concurrent<T> permits Pipeline {

  /**
   * Makes something of several values at a time. The results keep the order of the values; one that
   * takes long holds those behind it back, and as many again are made meanwhile.
   *
   * @param most how many values at a time at most
   * @param f makes it, in a goroutine for each value; null is a failure
   * @param <R> the type of what it makes
   * @return a pipeline of the results
   * @throws IllegalArgumentException if the number is less than 1
   */
  default <R> Pipeline<R> mapParallel(int most, Transform<? super T, ? extends R> f) {
    Numbers.atLeast(1, most, "how many values are mapped at a time");
    Objects.requireNonNull(f, "f");
    return ((Described<T>) this)
        .then("mapParallel", (up, label) -> Crossings.<T, R>mapParallel(up, label, most, f));
  }

  /**
   * Makes something of several values at a time. The results go on as they come.
   *
   * @param most how many values at a time at most
   * @param f makes it, in a goroutine for each value; null is a failure
   * @param <R> the type of what it makes
   * @return a pipeline of the results
   * @throws IllegalArgumentException if the number is less than 1
   */
  default <R> Pipeline<R> mapUnordered(int most, Transform<? super T, ? extends R> f) {
    Numbers.atLeast(1, most, "how many values are mapped at a time");
    Objects.requireNonNull(f, "f");
    return ((Described<T>) this)
        .then("mapUnordered", (up, label) -> Crossings.<T, R>mapUnordered(up, label, most, f));
  }

  /**
   * Runs a pipeline for each value, several at a time. Their values go on as they come, in order
   * only if they are of the same pipeline.
   *
   * @param most how many pipelines at a time at most
   * @param f makes the pipeline, in a goroutine for each value
   * @param <R> the type of its values
   * @return a pipeline of the values of them all
   * @throws IllegalArgumentException if the number is less than 1
   */
  default <R> Pipeline<R> flatMapUnordered(
      int most, Transform<? super T, ? extends Pipeline<? extends R>> f) {
    Numbers.atLeast(1, most, "how many pipelines run at a time");
    Objects.requireNonNull(f, "f");
    return ((Described<T>) this)
        .then(
            "flatMapUnordered",
            (up, label) -> Crossings.<T, R>flatMapUnordered(up, label, most, f));
  }

  /**
   * Lets what is upstream run in a goroutine of its own, some values ahead.
   *
   * @param capacity how many values may wait; 0: each is handed over
   * @return a pipeline of the same values
   * @throws IllegalArgumentException if the capacity is negative
   */
  default Pipeline<T> buffer(int capacity) {
    return buffer(capacity, Overflow.SUSPEND);
  }

  /**
   * Lets what is upstream run in a goroutine of its own, with a rule for when it is too far ahead.
   *
   * @param capacity how many values may wait
   * @param policy what becomes of a value when as many wait
   * @return a pipeline of the values that were not dropped
   * @throws IllegalArgumentException if the capacity is negative, or 0 with a policy that drops
   */
  default Pipeline<T> buffer(int capacity, Overflow policy) {
    Objects.requireNonNull(policy, "policy");
    Numbers.atLeast(policy == Overflow.SUSPEND ? 0 : 1, capacity, "the capacity of a buffer");
    return ((Described<T>) this).then("buffer", (up, _) -> Crossings.buffer(up, capacity, policy));
  }

  /**
   * Runs another pipeline at the same time.
   *
   * @param other the other
   * @return a pipeline of the values of both, as they come
   */
  default Pipeline<T> merge(Pipeline<? extends T> other) {
    Stage<T> stage = Described.stage(other);
    return ((Described<T>) this).then("merge", (up, _) -> Crossings.<T>merge(List.of(up, stage)));
  }

  /**
   * Runs another pipeline at the same time, and makes one thing of one value of each.
   *
   * @param other the other
   * @param f makes it of a value of this and one of the other
   * @param <B> the type of the other's values
   * @param <R> the type of what it makes
   * @return a pipeline that ends where one of the two has no value for one of the other; what is
   *     left of that is stopped
   */
  default <B, R> Pipeline<R> zip(
      Pipeline<? extends B> other, Combine<? super T, ? super B, ? extends R> f) {
    Stage<B> stage = Described.stage(other);
    Objects.requireNonNull(f, "f");
    return ((Described<T>) this)
        .then("zip", (up, label) -> Crossings.<T, B, R>zip(up, stage, label, f));
  }

  /**
   * Runs another pipeline at the same time, and makes one thing of one value of each; where one has
   * no more, of a given one.
   *
   * @param other the other
   * @param noFirst in place of a value of this
   * @param noSecond in place of a value of the other
   * @param f makes it of a value of this and one of the other
   * @param <B> the type of the other's values
   * @param <R> the type of what it makes
   * @return a pipeline that ends when both have no more
   */
  default <B, R> Pipeline<R> zipAll(
      Pipeline<? extends B> other,
      T noFirst,
      B noSecond,
      Combine<? super T, ? super B, ? extends R> f) {
    Stage<B> stage = Described.stage(other);
    Objects.requireNonNull(noFirst, "noFirst");
    Objects.requireNonNull(noSecond, "noSecond");
    Objects.requireNonNull(f, "f");
    return ((Described<T>) this)
        .then(
            "zipAll",
            (up, label) -> Crossings.<T, B, R>zipAll(up, stage, noFirst, noSecond, label, f));
  }

  /**
   * Runs another pipeline at the same time, and takes values of each in turn. When one has no more,
   * the rest of the other follows.
   *
   * @param other the other
   * @param segment how many values in a row are taken of each
   * @return a pipeline of the values of both
   * @throws IllegalArgumentException if the number is less than 1
   */
  default Pipeline<T> interleave(Pipeline<? extends T> other, int segment) {
    Stage<T> stage = Described.stage(other);
    Numbers.atLeast(1, segment, "the length of a segment");
    return ((Described<T>) this)
        .then("interleave", (up, _) -> Crossings.<T>interleave(List.of(up, stage), segment));
  }
}
