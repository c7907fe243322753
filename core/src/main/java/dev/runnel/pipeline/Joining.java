package dev.runnel.pipeline;

import dev.runnel.internal.pipeline.Described;
import dev.runnel.internal.pipeline.Joins;
import java.util.Objects;

/**
 * The operators that put values before, between and after others.
 *
 * @param <T> the type of the values
 */
sealed interface Joining<T> permits Pipeline {

  /**
   * Runs another pipeline after this.
   *
   * @param other the other; run only if more is wanted at the end of this
   * @return a pipeline of the values of both
   */
  default Pipeline<T> concat(Pipeline<? extends T> other) {
    var stage = Described.<T>stage(other);
    return ((Described<T>) this).then("concat", (up, _) -> Joins.concat(up, stage));
  }

  /**
   * Runs another pipeline before this.
   *
   * @param other the other
   * @return a pipeline of the values of both
   */
  default Pipeline<T> prepend(Pipeline<? extends T> other) {
    var stage = Described.<T>stage(other);
    return ((Described<T>) this).then("prepend", (up, _) -> Joins.concat(stage, up));
  }

  /**
   * Runs another pipeline if this has no value at all.
   *
   * @param other the other
   * @return a pipeline of the values of this, or else of the other
   */
  default Pipeline<T> orElse(Pipeline<? extends T> other) {
    var stage = Described.<T>stage(other);
    return ((Described<T>) this).then("orElse", (up, _) -> Joins.orElse(up, stage));
  }

  /**
   * Puts a value between each two.
   *
   * @param between the value
   * @return a pipeline with that value between all others
   */
  default Pipeline<T> intersperse(T between) {
    Objects.requireNonNull(between, "between");
    return ((Described<T>) this).then("intersperse", (up, _) -> Joins.intersperse(up, between));
  }

  /**
   * Puts a value before all others, one between each two, and one after them all.
   *
   * @param first the value at the beginning, even if there is no other
   * @param between the value between each two
   * @param last the value at the end
   * @return a pipeline with those values around all others
   */
  default Pipeline<T> intersperse(T first, T between, T last) {
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(between, "between");
    Objects.requireNonNull(last, "last");
    return ((Described<T>) this)
        .then(
            "intersperse",
            (up, _) ->
                Joins.concat(
                    Joins.<T>concat(Joins.one(first), Joins.intersperse(up, between)),
                    Joins.one(last)));
  }
}
