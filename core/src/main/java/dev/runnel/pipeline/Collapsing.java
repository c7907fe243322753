package dev.runnel.pipeline;

import dev.runnel.internal.pipeline.Collapses;
import dev.runnel.internal.pipeline.Described;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The operators between a quick side and a slow one. What is upstream of them runs in a goroutine
 * of its own, and so do their functions.
 *
 * @param <T> the type of the values
 */
sealed interface Collapsing<T> permits Pipeline {

  /**
   * Combines values while downstream is busy.
   *
   * @param f combines what waits with the next value
   * @return a pipeline of values and combined values
   */
  default Pipeline<T> conflate(Combine<? super T, ? super T, ? extends T> f) {
    Objects.requireNonNull(f, "f");
    return gathered("conflate", value -> value, f, Long.MAX_VALUE, _ -> 0L);
  }

  /**
   * Gathers values while downstream is busy.
   *
   * @param seed makes what is gathered of the first value
   * @param f adds a value to what has been gathered
   * @param <A> the type of what is gathered
   * @return a pipeline of what was gathered, each of at least one value
   */
  default <A> Pipeline<A> conflateWithSeed(
      Transform<? super T, ? extends A> seed, Combine<? super A, ? super T, ? extends A> f) {
    Objects.requireNonNull(seed, "seed");
    Objects.requireNonNull(f, "f");
    return gathered("conflateWithSeed", seed, f, Long.MAX_VALUE, _ -> 0L);
  }

  /**
   * Puts values into lists while downstream is busy; when a list is full, upstream waits.
   *
   * @param size how many values go into a list at most
   * @return a pipeline of the lists, none of them empty
   * @throws IllegalArgumentException if the size is less than 1
   */
  default Pipeline<List<T>> batch(int size) {
    return this.<List<T>>batch(size, Collapsing::listOf, Collapsing::added);
  }

  /**
   * Gathers values while downstream is busy; when there are enough, upstream waits.
   *
   * @param size how many values are gathered at most
   * @param seed makes what is gathered of the first value
   * @param f adds a value to what has been gathered
   * @param <A> the type of what is gathered
   * @return a pipeline of what was gathered, each of at least one value
   * @throws IllegalArgumentException if the size is less than 1
   */
  default <A> Pipeline<A> batch(
      int size,
      Transform<? super T, ? extends A> seed,
      Combine<? super A, ? super T, ? extends A> f) {
    Numbers.atLeast(1, size, "the size of a batch");
    Objects.requireNonNull(seed, "seed");
    Objects.requireNonNull(f, "f");
    return gathered("batch", seed, f, size, _ -> 1L);
  }

  /**
   * Puts values into lists while downstream is busy; when the next would make a list too heavy,
   * upstream waits.
   *
   * @param weight what the values of a list weigh at most; one that weighs more is alone
   * @param weigh tells what a value weighs; a negative weight is a failure
   * @return a pipeline of the lists, none of them empty
   * @throws IllegalArgumentException if the weight is less than 1
   */
  default Pipeline<List<T>> batchWeighted(long weight, Transform<? super T, Long> weigh) {
    return this.<List<T>>batchWeighted(weight, weigh, Collapsing::listOf, Collapsing::added);
  }

  /**
   * Gathers values while downstream is busy; when the next would be too much, upstream waits.
   *
   * @param weight what is gathered weighs at most; a value that weighs more is alone
   * @param weigh tells what a value weighs; a negative weight is a failure
   * @param seed makes what is gathered of the first value
   * @param f adds a value to what has been gathered
   * @param <A> the type of what is gathered
   * @return a pipeline of what was gathered, each of at least one value
   * @throws IllegalArgumentException if the weight is less than 1
   */
  default <A> Pipeline<A> batchWeighted(
      long weight,
      Transform<? super T, Long> weigh,
      Transform<? super T, ? extends A> seed,
      Combine<? super A, ? super T, ? extends A> f) {
    Numbers.atLeast(1, weight, "the weight of a batch");
    Objects.requireNonNull(weigh, "weigh");
    Objects.requireNonNull(seed, "seed");
    Objects.requireNonNull(f, "f");
    return gathered("batchWeighted", seed, f, weight, weigh);
  }

  private <A> Pipeline<A> gathered(
      String operator,
      Transform<? super T, ? extends A> seed,
      Combine<? super A, ? super T, ? extends A> f,
      long most,
      Transform<? super T, Long> weigh) {
    return ((Described<T>) this)
        .then(operator, (up, label) -> Collapses.<T, A>gather(up, label, seed, f, most, weigh));
  }

  private static <T> List<T> listOf(T first) {
    List<T> list = new ArrayList<>();
    list.add(first);
    return list;
  }

  private static <T> List<T> added(List<T> list, T value) {
    list.add(value);
    return list;
  }

  /**
   * Puts out more while upstream is slow: what a function makes of the latest value, one after
   * another, until the next value comes. Of each value the first goes on in any case.
   *
   * @param f makes an iterator of a value, which may have no end
   * @param <R> the type of what it makes
   * @return a pipeline of what is wanted downstream
   */
  default <R> Pipeline<R> expand(Transform<? super T, ? extends Iterator<? extends R>> f) {
    Objects.requireNonNull(f, "f");
    return ((Described<T>) this)
        .then("expand", (up, label) -> Collapses.<T, R>expand(up, label, f));
  }

  /**
   * Puts out more while upstream is slow: after each value what a function makes of it, one after
   * another, until the next value comes.
   *
   * @param f makes an iterator of a value, which may have no end
   * @return a pipeline of the values and what is wanted besides
   */
  default Pipeline<T> extrapolate(Transform<? super T, ? extends Iterator<? extends T>> f) {
    Objects.requireNonNull(f, "f");
    return ((Described<T>) this)
        .then(
            "extrapolate",
            (up, label) ->
                Collapses.<T, T>expand(
                    up,
                    label,
                    value ->
                        Stream.concat(Stream.<T>of(value), stream(f.apply(value))).iterator()));
  }

  private static <T> Stream<T> stream(Iterator<? extends T> values) {
    return Stream.iterate(values, Iterator::hasNext, iterator -> iterator)
        .map(iterator -> iterator.next());
  }
}
