package dev.runnel.pipeline;

import dev.runnel.internal.pipeline.Described;
import dev.runnel.internal.pipeline.Mappings;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The operators that look at one value at a time.
 *
 * @param <T> the type of the values
 */
sealed interface Mapping<T> permits Pipeline {

  /**
   * Makes something of each value, in order, on the running thread.
   *
   * @param f makes it; null is a failure
   * @param <R> the type of what it makes
   * @return a pipeline of the results
   */
  default <R> Pipeline<R> map(Transform<? super T, ? extends R> f) {
    Objects.requireNonNull(f, "f");
    return ((Described<T>) this).then("map", (up, label) -> Mappings.map(up, label, f));
  }

  /**
   * Makes something of those values of which a function makes anything but null.
   *
   * @param f makes it, or null
   * @param <R> the type of what it makes
   * @return a pipeline of the results that are not null
   */
  default <R> Pipeline<R> mapNotNull(Transform<? super T, ? extends @Nullable R> f) {
    Objects.requireNonNull(f, "f");
    return ((Described<T>) this)
        .then("mapNotNull", (up, label) -> Mappings.<T, R>mapNotNull(up, label, f));
  }

  /**
   * Lets through the values for which a condition holds.
   *
   * @param condition the condition
   * @return a pipeline of those
   */
  default Pipeline<T> filter(Condition<? super T> condition) {
    Objects.requireNonNull(condition, "condition");
    return ((Described<T>) this)
        .then("filter", (up, label) -> Mappings.filter(up, label, condition));
  }

  /**
   * Does something with each value before it goes on.
   *
   * @param effect what to do
   * @return a pipeline of the same values
   */
  default Pipeline<T> tap(Effect<? super T> effect) {
    Objects.requireNonNull(effect, "effect");
    return ((Described<T>) this).then("tap", (up, label) -> Mappings.tap(up, label, effect));
  }

  /**
   * Makes several things of each value.
   *
   * @param f makes them
   * @param <R> the type of what it makes
   * @return a pipeline of them all, in order
   */
  default <R> Pipeline<R> mapConcat(Transform<? super T, ? extends Iterable<? extends R>> f) {
    Objects.requireNonNull(f, "f");
    return ((Described<T>) this)
        .then("mapConcat", (up, label) -> Mappings.<T, R>mapConcat(up, label, f));
  }

  /**
   * Runs a pipeline for each value, one after another.
   *
   * @param f makes the pipeline
   * @param <R> the type of its values
   * @return a pipeline of the values of them all, in order
   */
  default <R> Pipeline<R> flatMap(Transform<? super T, ? extends Pipeline<? extends R>> f) {
    Objects.requireNonNull(f, "f");
    return ((Described<T>) this)
        .then("flatMap", (up, label) -> Mappings.<T, R>flatMap(up, label, f));
  }

  /**
   * Gives each value its place.
   *
   * @return a pipeline of the values with their places, from 0
   */
  default Pipeline<Indexed<T>> zipWithIndex() {
    return ((Described<T>) this).then("zipWithIndex", (up, _) -> Mappings.zipWithIndex(up));
  }
}
