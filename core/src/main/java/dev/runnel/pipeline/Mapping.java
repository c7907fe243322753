package dev.runnel.pipeline;

import dev.runnel.internal.pipeline.Described;
import dev.runnel.internal.pipeline.Mappings;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
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
   * Lets through the values of a type.
   *
   * @param type the type
   * @param <R> the type
   * @return a pipeline of those
   */
  default <R> Pipeline<R> filter(Class<R> type) {
    Objects.requireNonNull(type, "type");
    return ((Described<T>) this).then("filter", (up, _) -> Mappings.filter(up, type));
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
   * Puts any number of things in place of each value, as {@link java.util.stream.Stream#mapMulti}.
   *
   * @param f puts them
   * @param <R> the type of what it puts
   * @return a pipeline of what it put
   */
  default <R> Pipeline<R> mapMulti(Expansion<? super T, R> f) {
    Objects.requireNonNull(f, "f");
    return ((Described<T>) this)
        .then("mapMulti", (up, label) -> Mappings.<T, R>mapMulti(up, label, f));
  }

  /**
   * Makes something of each value by something that has to be closed. Each run opens it before the
   * first value, and closes it when the values end or the run does.
   *
   * @param open opens it
   * @param f makes a result of it and a value; null is a failure
   * @param <U> the type of what is opened
   * @param <R> the type of the results
   * @return a pipeline of the results
   */
  default <U extends AutoCloseable, R> Pipeline<R> mapWithResource(
      Callable<? extends U> open, Combine<? super U, ? super T, ? extends R> f) {
    return this.<U, R>mapWithResource(
        open,
        f,
        opened -> {
          opened.close();
          return Optional.empty();
        });
  }

  /**
   * Makes something of each value by something that has to be closed, and maybe a last result of
   * that. Each run opens it before the first value, and closes it when the values end or the run
   * does.
   *
   * @param open opens it
   * @param f makes a result of it and a value; null is a failure
   * @param close closes it, and makes a last result or none; if the run fails or no more is wanted,
   *     that result is dropped
   * @param <U> the type of what is opened
   * @param <R> the type of the results
   * @return a pipeline of the results
   */
  default <U, R> Pipeline<R> mapWithResource(
      Callable<? extends U> open,
      Combine<? super U, ? super T, ? extends R> f,
      Transform<? super U, Optional<? extends R>> close) {
    Objects.requireNonNull(open, "open");
    Objects.requireNonNull(f, "f");
    Objects.requireNonNull(close, "close");
    return ((Described<T>) this)
        .then(
            "mapWithResource",
            (up, label) -> Mappings.<T, U, R>mapWithResource(up, label, open, f, close));
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
