package dev.runnel.pipeline;

import dev.runnel.internal.pipeline.Described;
import dev.runnel.internal.pipeline.Gatherings;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Gatherer;

/**
 * The operators that remember something from one value to the next.
 *
 * @param <T> the type of the values
 */
sealed interface Gathering<T> permits Pipeline {

  /**
   * Gathers values into one thing, and lets through what has been gathered: at first, and after
   * each value.
   *
   * @param initial what there is at first
   * @param f adds a value to what has been gathered
   * @param <A> the type of what is gathered
   * @return a pipeline of one value more than there are upstream
   */
  default <A> Pipeline<A> scan(A initial, Combine<? super A, ? super T, ? extends A> f) {
    Objects.requireNonNull(initial, "initial");
    Objects.requireNonNull(f, "f");
    return ((Described<T>) this)
        .then("scan", (up, label) -> Gatherings.<T, A>scan(up, label, initial, f));
  }

  /**
   * Combines each value with what those before it have been combined into.
   *
   * @param f combines what there is with the next value
   * @return a pipeline of what there is after each value, the first of which is the first
   */
  default Pipeline<T> scan(Combine<? super T, ? super T, ? extends T> f) {
    Objects.requireNonNull(f, "f");
    return ((Described<T>) this).then("scan", (up, label) -> Gatherings.<T>scan(up, label, f));
  }

  /**
   * Makes something of each value and a state, and the next state with it. Each run begins with the
   * initial state, so that should not be something that changes.
   *
   * @param initial the state at first
   * @param f makes the next state and a result
   * @param <S> the type of the state
   * @param <R> the type of the results
   * @return a pipeline of the results
   */
  default <S, R> Pipeline<R> mapStateful(
      S initial, Combine<? super S, ? super T, ? extends Next<? extends S, ? extends R>> f) {
    Objects.requireNonNull(initial, "initial");
    Objects.requireNonNull(f, "f");
    return ((Described<T>) this)
        .then("mapStateful", (up, label) -> Gatherings.<T, S, R>mapStateful(up, label, initial, f));
  }

  /**
   * Makes something of a state and each value, and maybe something of the last state.
   *
   * @param initial the state at first
   * @param f makes the next state and a result
   * @param atEnd makes a last result of the last state, or none
   * @param <S> the type of the state
   * @param <R> the type of the results
   * @return a pipeline of the results
   */
  default <S, R> Pipeline<R> mapStateful(
      S initial,
      Combine<? super S, ? super T, ? extends Next<? extends S, ? extends R>> f,
      Transform<? super S, Optional<? extends R>> atEnd) {
    Objects.requireNonNull(initial, "initial");
    Objects.requireNonNull(f, "f");
    Objects.requireNonNull(atEnd, "atEnd");
    return ((Described<T>) this)
        .then(
            "mapStateful",
            (up, label) -> Gatherings.<T, S, R>mapStateful(up, label, initial, f, atEnd));
  }

  /**
   * Makes several things of each value and a state, and the next state with them.
   *
   * @param initial the state at first
   * @param f makes the next state and the results
   * @param <S> the type of the state
   * @param <R> the type of the results
   * @return a pipeline of all results, in order
   */
  default <S, R> Pipeline<R> mapStatefulConcat(
      S initial,
      Combine<? super S, ? super T, ? extends Next<? extends S, ? extends Iterable<? extends R>>>
          f) {
    return mapStatefulConcat(initial, f, _ -> List.of());
  }

  /**
   * Makes several things of each value and a state, and the next state with them, and at the end
   * several things of the last state.
   *
   * @param initial the state at first
   * @param f makes the next state and the results
   * @param atEnd makes the last results, when there are no more values
   * @param <S> the type of the state
   * @param <R> the type of the results
   * @return a pipeline of all results, in order
   */
  default <S, R> Pipeline<R> mapStatefulConcat(
      S initial,
      Combine<? super S, ? super T, ? extends Next<? extends S, ? extends Iterable<? extends R>>> f,
      Transform<? super S, ? extends Iterable<? extends R>> atEnd) {
    Objects.requireNonNull(initial, "initial");
    Objects.requireNonNull(f, "f");
    Objects.requireNonNull(atEnd, "atEnd");
    return ((Described<T>) this)
        .then(
            "mapStatefulConcat",
            (up, label) -> Gatherings.<T, S, R>mapStatefulConcat(up, label, initial, f, atEnd));
  }

  /**
   * Puts values into lists of a given size; the last may be smaller.
   *
   * @param size how many values go into a list
   * @return a pipeline of the lists
   * @throws IllegalArgumentException if the size is less than 1
   */
  default Pipeline<List<T>> grouped(int size) {
    Numbers.atLeast(1, size, "the size of a group");
    return ((Described<T>) this)
        .then("grouped", (up, label) -> Gatherings.grouped(up, label, size, _ -> 1L));
  }

  /**
   * Puts values into lists of a given weight: a list is full with the value that brings it up to
   * that. The last may be lighter.
   *
   * @param weight what a list weighs at least
   * @param weigh tells what a value weighs; a negative weight is a failure
   * @return a pipeline of the lists
   * @throws IllegalArgumentException if the weight is less than 1
   */
  default Pipeline<List<T>> groupedWeighted(long weight, Transform<? super T, Long> weigh) {
    Numbers.atLeast(1, weight, "the weight of a group");
    Objects.requireNonNull(weigh, "weigh");
    return ((Described<T>) this)
        .then("groupedWeighted", (up, label) -> Gatherings.grouped(up, label, weight, weigh));
  }

  /**
   * Lists of values in a row, each beginning some values after the one before. If values are left
   * at the end that no list had, there is a last, shorter one.
   *
   * @param size how many values a list has
   * @param step how many values after a list the next begins; if more than the size, those between
   *     are left out
   * @return a pipeline of the lists, which can't be changed
   * @throws IllegalArgumentException if a number is less than 1
   */
  default Pipeline<List<T>> sliding(int size, int step) {
    Numbers.atLeast(1, size, "the size of a window");
    Numbers.atLeast(1, step, "the step between windows");
    return ((Described<T>) this).then("sliding", (up, _) -> Gatherings.sliding(up, size, step));
  }

  /**
   * Lists of the values between those for which a condition holds. Those are left out; two in a row
   * have an empty list between them.
   *
   * @param delimiter the condition
   * @return a pipeline of the lists
   */
  default Pipeline<List<T>> split(Condition<? super T> delimiter) {
    Objects.requireNonNull(delimiter, "delimiter");
    return ((Described<T>) this)
        .then("split", (up, label) -> Gatherings.split(up, label, delimiter));
  }

  /**
   * Lists of the values between occurrences of given values in a row. Those are left out.
   *
   * @param delimiter the values, at least one
   * @return a pipeline of the lists
   * @throws IllegalArgumentException if there is no value in the delimiter
   */
  default Pipeline<List<T>> splitOn(List<? extends T> delimiter) {
    List<T> values = List.copyOf(delimiter);
    Numbers.atLeast(1, values.size(), "the length of a delimiter");
    return ((Described<T>) this).then("splitOn", (up, _) -> Gatherings.splitOn(up, values));
  }

  /**
   * Does what a gatherer of {@link java.util.stream} does, on the running thread.
   *
   * @param gatherer the gatherer; its combiner is not used
   * @param <R> the type of the results
   * @return a pipeline of the results
   */
  default <R> Pipeline<R> gather(Gatherer<? super T, ?, R> gatherer) {
    Objects.requireNonNull(gatherer, "gatherer");
    return ((Described<T>) this)
        .then("gather", (up, label) -> Gatherings.gather(up, label, gatherer));
  }
}
