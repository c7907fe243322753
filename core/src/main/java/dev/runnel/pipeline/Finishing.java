package dev.runnel.pipeline;

import dev.runnel.Task;
import dev.runnel.internal.pipeline.Described;
import dev.runnel.internal.pipeline.Endings;
import dev.runnel.pattern.Backoff;
import java.time.Duration;
import java.util.Objects;

/**
 * The operators that have to do with how the values end.
 *
 * @param <T> the type of the values
 */
sealed interface Finishing<T> permits Pipeline {

  /**
   * Does something when a run begins, before anything upstream does.
   *
   * @param task what to do
   * @return a pipeline of the same values
   */
  default Pipeline<T> onStart(Task task) {
    Objects.requireNonNull(task, "task");
    return ((Described<T>) this).then("onStart", (up, label) -> Endings.onStart(up, label, task));
  }

  /**
   * Does something when there are no more values. Not after a failure, and not when downstream
   * wanted no more before the end.
   *
   * @param task what to do
   * @return a pipeline of the same values
   */
  default Pipeline<T> onComplete(Task task) {
    Objects.requireNonNull(task, "task");
    return ((Described<T>) this)
        .then("onComplete", (up, label) -> Endings.onComplete(up, label, task));
  }

  /**
   * Does something when this pipeline has ended, in whatever way: there are no more values, it
   * failed, downstream failed or wanted no more, or the context ended. Nothing upstream runs then.
   * What is thrown here after another failure is suppressed on that.
   *
   * @param task what to do; its thread may be interrupted
   * @return a pipeline of the same values
   */
  default Pipeline<T> onDone(Task task) {
    Objects.requireNonNull(task, "task");
    return ((Described<T>) this).then("onDone", (up, label) -> Endings.onDone(up, label, task));
  }

  /**
   * Does something with a failure upstream, which then goes on. An interrupt and the end of the
   * context are none.
   *
   * @param effect is given what was thrown
   * @return a pipeline of the same values
   */
  default Pipeline<T> onError(Effect<? super Throwable> effect) {
    Objects.requireNonNull(effect, "effect");
    return ((Described<T>) this).then("onError", (up, label) -> Endings.onError(up, label, effect));
  }

  /**
   * Puts a value in place of a failure upstream.
   *
   * @param type the type of failures to recover from
   * @param f makes the value
   * @param <X> that type
   * @return a pipeline of the values before the failure, and then that one
   */
  default <X extends Throwable> Pipeline<T> recover(
      Class<X> type, Transform<? super X, ? extends T> f) {
    Objects.requireNonNull(f, "f");
    return recovered("recover", type, thrown -> Pipeline.of(f.apply(thrown)));
  }

  /**
   * Runs another pipeline in place of what is missing after a failure upstream.
   *
   * @param type the type of failures to recover from
   * @param f makes the pipeline
   * @param <X> that type
   * @return a pipeline of the values before the failure, and then those of the other
   */
  default <X extends Throwable> Pipeline<T> recoverWith(
      Class<X> type, Transform<? super X, ? extends Pipeline<? extends T>> f) {
    Objects.requireNonNull(f, "f");
    return recovered("recoverWith", type, f);
  }

  private <X extends Throwable> Pipeline<T> recovered(
      String operator, Class<X> type, Transform<? super X, ? extends Pipeline<? extends T>> f) {
    Objects.requireNonNull(type, "type");
    return ((Described<T>) this)
        .then(operator, (up, label) -> Endings.<T, X>recover(up, label, type, f));
  }

  /**
   * Runs this pipeline from its start again when it fails with an exception (not an {@link Error}).
   * Values that went downstream before the failure are not taken back.
   *
   * @param times how many times at most, after the first
   * @return a pipeline that fails when the last run does
   * @throws IllegalArgumentException if the number is negative
   */
  default Pipeline<T> retry(int times) {
    return retry(times, _ -> true);
  }

  /**
   * Runs this pipeline from its start again when it fails with an exception that may pass. Values
   * that went downstream before the failure are not taken back.
   *
   * @param times how many times at most, after the first
   * @param worthwhile tells by what was thrown whether another run may succeed
   * @return a pipeline that fails when the last run does
   * @throws IllegalArgumentException if the number is negative
   */
  default Pipeline<T> retry(int times, Condition<? super Exception> worthwhile) {
    return retry(times, Backoff.constant(Duration.ZERO), worthwhile);
  }

  /**
   * Runs this pipeline from its start again, some time after it failed with an exception. Values
   * that went downstream before the failure are not taken back.
   *
   * @param times how many times at most, after the first
   * @param backoff tells how long to wait
   * @return a pipeline that fails when the last run does
   * @throws IllegalArgumentException if the number is negative
   */
  default Pipeline<T> retry(int times, Backoff backoff) {
    return retry(times, backoff, _ -> true);
  }

  /**
   * Runs this pipeline from its start again, some time after it failed with an exception that may
   * pass. Values that went downstream before the failure are not taken back.
   *
   * @param times how many times at most, after the first
   * @param backoff tells how long to wait
   * @param worthwhile tells by what was thrown whether another run may succeed
   * @return a pipeline that fails when the last run does
   * @throws IllegalArgumentException if the number is negative
   */
  default Pipeline<T> retry(int times, Backoff backoff, Condition<? super Exception> worthwhile) {
    Numbers.atLeast(0, times, "the number of retries");
    Objects.requireNonNull(backoff, "backoff");
    Objects.requireNonNull(worthwhile, "worthwhile");
    return ((Described<T>) this)
        .then("retry", (up, label) -> Endings.retry(up, label, times, backoff, worthwhile));
  }
}
