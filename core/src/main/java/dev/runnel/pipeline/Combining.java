package dev.runnel.pipeline;

import dev.runnel.internal.pipeline.Combinations;
import dev.runnel.internal.pipeline.Described;
import dev.runnel.internal.pipeline.Stage;
import java.util.List;
import java.util.Objects;

/**
 * The operators that run another pipeline at the same time.
 *
 * <p>If one of the two fails, the other is canceled.
 *
 * @param <T> the type of the values
 */
sealed interface Combining<T> permits Pipeline {

  /**
   * Runs another pipeline at the same time.
   *
   * @param other the other
   * @return a pipeline of the values of both, as they come
   */
  default Pipeline<T> merge(Pipeline<? extends T> other) {
    return merge(other, Until.ALL_END);
  }

  /**
   * Runs another pipeline at the same time, maybe not to the end of both.
   *
   * @param other the other
   * @param until whose end ends it
   * @return a pipeline of the values of both, as they come
   */
  default Pipeline<T> merge(Pipeline<? extends T> other, Until until) {
    Stage<T> stage = Described.stage(other);
    Objects.requireNonNull(until, "until");
    return ((Described<T>) this)
        .then("merge", (up, _) -> Combinations.<T>merge(List.of(up, stage), until));
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
        .then("zip", (up, label) -> Combinations.<T, B, R>zip(up, stage, label, f));
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
            (up, label) -> Combinations.<T, B, R>zipAll(up, stage, noFirst, noSecond, label, f));
  }

  /**
   * Runs another pipeline at the same time, and makes one thing of the latest value of each
   * whenever one brings a new one.
   *
   * @param other the other
   * @param f makes it of a value of this and one of the other
   * @param <B> the type of the other's values
   * @param <R> the type of what it makes
   * @return a pipeline that begins when both have a value, and ends when both have ended
   */
  @SuppressWarnings("unchecked") // a list of a value of this and one of the other
  default <B, R> Pipeline<R> combineLatest(
      Pipeline<? extends B> other, Combine<? super T, ? super B, ? extends R> f) {
    Stage<B> stage = Described.stage(other);
    Objects.requireNonNull(f, "f");
    return ((Described<T>) this)
        .then(
            "combineLatest",
            (up, label) ->
                Combinations.<Object, R>combineLatest(
                    List.of(up, stage), label, both -> f.apply((T) both.get(0), (B) both.get(1))));
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
    return interleave(other, segment, Until.ALL_END);
  }

  /**
   * Runs another pipeline at the same time, and takes values of each in turn, maybe not to the end
   * of both.
   *
   * @param other the other
   * @param segment how many values in a row are taken of each
   * @param until whose end ends it
   * @return a pipeline of the values of both
   * @throws IllegalArgumentException if the number is less than 1
   */
  default Pipeline<T> interleave(Pipeline<? extends T> other, int segment, Until until) {
    Stage<T> stage = Described.stage(other);
    Numbers.atLeast(1, segment, "the length of a segment");
    Objects.requireNonNull(until, "until");
    return ((Described<T>) this)
        .then(
            "interleave",
            (up, _) -> Combinations.<T>interleave(List.of(up, stage), segment, until));
  }
}
