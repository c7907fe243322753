package dev.runnel.pipeline;

import dev.runnel.Overflow;
import dev.runnel.internal.pipeline.Branches;
import dev.runnel.internal.pipeline.Crossings;
import dev.runnel.internal.pipeline.Described;
import dev.runnel.internal.pipeline.Latest;
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
   * takes long holds those behind it back, of which about twice as many are made meanwhile. As many
   * values again are taken from upstream ahead, so that there is always one to go on with.
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
   * Makes something of several values at a time. The results go on as they come. As many values
   * again are taken from upstream ahead, so that there is always one to go on with.
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
   * Runs a pipeline for each value, several at a time. Their values go on in the order of the
   * values that they were made for; each pipeline may be some of its own ahead of its turn.
   *
   * @param most how many pipelines at a time at most; as many again may be done and wait
   * @param ahead how many values of each may wait
   * @param f makes the pipeline, in a goroutine for each value
   * @param <R> the type of its values
   * @return a pipeline of the values of them all
   * @throws IllegalArgumentException if the first number is less than 1, or the second negative
   */
  default <R> Pipeline<R> flatMapParallel(
      int most, int ahead, Transform<? super T, ? extends Pipeline<? extends R>> f) {
    Numbers.atLeast(1, most, "how many pipelines run at a time");
    Numbers.atLeast(0, ahead, "how many values of a pipeline wait");
    Objects.requireNonNull(f, "f");
    return ((Described<T>) this)
        .then(
            "flatMapParallel",
            (up, label) -> Crossings.<T, R>flatMapParallel(up, label, most, ahead, f));
  }

  /**
   * Runs a pipeline for each value until the next value comes, which cancels it.
   *
   * @param f makes the pipeline, in a goroutine for each value
   * @param <R> the type of its values
   * @return a pipeline of the values that they brought
   */
  default <R> Pipeline<R> flatMapLatest(Transform<? super T, ? extends Pipeline<? extends R>> f) {
    Objects.requireNonNull(f, "f");
    return ((Described<T>) this)
        .then("flatMapLatest", (up, label) -> Latest.<T, R>flatMapLatest(up, label, f));
  }

  /**
   * Makes something of each value unless the next one comes before it is made, which cancels that.
   *
   * @param f makes it, in a goroutine for each value, which is interrupted then; null is a failure
   * @param <R> the type of what it makes
   * @return a pipeline of what was made
   */
  default <R> Pipeline<R> mapLatest(Transform<? super T, ? extends R> f) {
    Objects.requireNonNull(f, "f");
    return ((Described<T>) this)
        .then("mapLatest", (up, label) -> Latest.<T, R>mapLatest(up, label, f));
  }

  /**
   * Lets through the values for which a condition holds, and looks at several at a time. They keep
   * their order.
   *
   * @param most how many values at a time at most
   * @param condition the condition, asked in a goroutine for each value
   * @return a pipeline of those
   * @throws IllegalArgumentException if the number is less than 1
   */
  default Pipeline<T> filterParallel(int most, Condition<? super T> condition) {
    Numbers.atLeast(1, most, "how many values are looked at at a time");
    Objects.requireNonNull(condition, "condition");
    return ((Described<T>) this)
        .then(
            "filterParallel", (up, label) -> Crossings.filterParallel(up, label, most, condition));
  }

  /**
   * Lets through the values for which a condition holds, and looks at several at a time. They go on
   * as the answers come.
   *
   * @param most how many values at a time at most
   * @param condition the condition, asked in a goroutine for each value
   * @return a pipeline of those
   * @throws IllegalArgumentException if the number is less than 1
   */
  default Pipeline<T> filterUnordered(int most, Condition<? super T> condition) {
    Numbers.atLeast(1, most, "how many values are looked at at a time");
    Objects.requireNonNull(condition, "condition");
    return ((Described<T>) this)
        .then(
            "filterUnordered",
            (up, label) -> Crossings.filterUnordered(up, label, most, condition));
  }

  /**
   * Runs a pipeline for each key of the values, which is given the values with that key in order.
   * Their results go on as they come, those of the same pipeline in order.
   *
   * <p>When there are as many pipelines as may be and a value with another key comes, the one to
   * which no value went for the longest time is ended: it is told that there are no more values,
   * and is waited for. A later value with its key starts another. A pipeline that wants no more of
   * its values gets no more; they are dropped.
   *
   * @param most how many pipelines at a time at most
   * @param key tells a value's key
   * @param f makes the pipeline, of a key and the values with that key; in a goroutine for each
   * @param <K> the type of the keys
   * @param <R> the type of the results
   * @return a pipeline of the results of them all
   * @throws IllegalArgumentException if the number is less than 1
   */
  default <K, R> Pipeline<R> groupBy(
      int most,
      Transform<? super T, ? extends K> key,
      Combine<? super K, ? super Pipeline<T>, ? extends Pipeline<? extends R>> f) {
    Numbers.atLeast(1, most, "how many groups there are at a time");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(f, "f");
    return ((Described<T>) this)
        .then("groupBy", (up, label) -> Branches.<T, K, R>groupBy(up, label, most, key, f));
  }

  /**
   * Lets what is upstream run in a goroutine of its own, some values ahead. A value goes on as soon
   * as it is there. Upstream, once it had to wait for room, may go on only when there is room for a
   * quarter of the capacity.
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
}
