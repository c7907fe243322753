package dev.runnel.pipeline;

import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.SendChan;
import dev.runnel.internal.pipeline.Crossings;
import dev.runnel.internal.pipeline.Described;
import dev.runnel.internal.pipeline.Results;
import dev.runnel.pattern.Feed;
import dev.runnel.pattern.Generators;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collector;

/**
 * The terminal calls: they run the pipeline.
 *
 * @param <T> the type of the values
 */
sealed interface Terminal<T> permits Pipeline {

  /**
   * Runs the pipeline for what its stages do.
   *
   * @param ctx the context
   * @throws PipelineException if a stage fails
   * @throws ContextException if the context has ended, or ends before the values do
   * @throws InterruptedException if the thread is interrupted
   */
  default void run(Context ctx) throws InterruptedException {
    count(ctx);
  }

  /**
   * Runs the pipeline, and does something with each value.
   *
   * @param effect what to do
   * @param ctx the context
   * @throws PipelineException if a stage or the effect fails
   * @throws ContextException if the context has ended, or ends before the values do
   * @throws InterruptedException if the thread is interrupted
   */
  default void forEach(Effect<? super T> effect, Context ctx) throws InterruptedException {
    Objects.requireNonNull(effect, "effect");
    var _ =
        ((Described<T>) this)
            .<Boolean>use(
                "forEach",
                ctx,
                (stage, label) -> {
                  Results.forEach(stage, label, effect);
                  return true;
                });
  }

  /**
   * Runs the pipeline, and does something with several values at a time, in no order.
   *
   * @param most how many values at a time at most
   * @param effect what to do, in a goroutine for each value
   * @param ctx the context
   * @throws PipelineException if a stage or the effect fails
   * @throws ContextException if the context has ended, or ends before the values do
   * @throws InterruptedException if the thread is interrupted
   * @throws IllegalArgumentException if the number is less than 1
   */
  default void forEachParallel(int most, Effect<? super T> effect, Context ctx)
      throws InterruptedException {
    Numbers.atLeast(1, most, "how many values are taken at a time");
    Objects.requireNonNull(effect, "effect");
    var _ =
        ((Described<T>) this)
            .<Long>use(
                "forEachParallel",
                ctx,
                (stage, label) -> Results.count(Crossings.each(stage, label, most, effect)));
  }

  /**
   * Runs the pipeline and puts its values into a list.
   *
   * @param ctx the context
   * @return a new list
   * @throws PipelineException if a stage fails
   * @throws ContextException if the context has ended, or ends before the values do
   * @throws InterruptedException if the thread is interrupted
   */
  default List<T> toList(Context ctx) throws InterruptedException {
    return ((Described<T>) this).use("toList", ctx, (stage, _) -> Results.toList(stage));
  }

  /**
   * Runs the pipeline and puts its values into a set, which keeps their order.
   *
   * @param ctx the context
   * @return a new set
   * @throws PipelineException if a stage fails
   * @throws ContextException if the context has ended, or ends before the values do
   * @throws InterruptedException if the thread is interrupted
   */
  default Set<T> toSet(Context ctx) throws InterruptedException {
    return ((Described<T>) this).use("toSet", ctx, (stage, _) -> Results.toSet(stage));
  }

  /**
   * Runs the pipeline and makes a map of its values, which keeps their order.
   *
   * @param key tells a value's key; the same for two values is a failure
   * @param content tells what belongs to the key
   * @param ctx the context
   * @param <K> the type of the keys
   * @param <V> the type of what belongs to them
   * @return a new map
   * @throws PipelineException if a stage or a function fails
   * @throws ContextException if the context has ended, or ends before the values do
   * @throws InterruptedException if the thread is interrupted
   */
  default <K, V> Map<K, V> toMap(
      Transform<? super T, ? extends K> key, Transform<? super T, ? extends V> content, Context ctx)
      throws InterruptedException {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(content, "content");
    return ((Described<T>) this)
        .use("toMap", ctx, (stage, label) -> Results.<T, K, V>toMap(stage, label, key, content));
  }

  /**
   * Runs the pipeline and lets a collector of {@link java.util.stream} collect its values.
   *
   * @param collector the collector; its combiner is not used
   * @param ctx the context
   * @param <R> the type of the result
   * @return the collector's result
   * @throws PipelineException if a stage or the collector fails
   * @throws ContextException if the context has ended, or ends before the values do
   * @throws InterruptedException if the thread is interrupted
   */
  default <R> R collect(Collector<? super T, ?, R> collector, Context ctx)
      throws InterruptedException {
    Objects.requireNonNull(collector, "collector");
    return ((Described<T>) this)
        .use("collect", ctx, (stage, label) -> Results.collect(stage, label, collector));
  }

  /**
   * Runs the pipeline and gathers its values into one thing.
   *
   * @param initial what there is at first
   * @param f adds a value to what has been gathered
   * @param ctx the context
   * @param <A> the type of what is gathered
   * @return what has been gathered in the end
   * @throws PipelineException if a stage or the function fails
   * @throws ContextException if the context has ended, or ends before the values do
   * @throws InterruptedException if the thread is interrupted
   */
  default <A> A fold(A initial, Combine<? super A, ? super T, ? extends A> f, Context ctx)
      throws InterruptedException {
    Objects.requireNonNull(initial, "initial");
    Objects.requireNonNull(f, "f");
    return ((Described<T>) this)
        .use("fold", ctx, (stage, label) -> Results.<T, A>fold(stage, label, initial, f));
  }

  /**
   * Runs the pipeline and combines its values into one.
   *
   * @param f combines what there is with the next value
   * @param ctx the context
   * @return the result; empty if there is no value
   * @throws PipelineException if a stage or the function fails
   * @throws ContextException if the context has ended, or ends before the values do
   * @throws InterruptedException if the thread is interrupted
   */
  default Optional<T> reduce(Combine<? super T, ? super T, ? extends T> f, Context ctx)
      throws InterruptedException {
    Objects.requireNonNull(f, "f");
    return ((Described<T>) this)
        .use("reduce", ctx, (stage, label) -> Results.reduce(stage, label, f));
  }

  /**
   * Runs the pipeline and counts its values.
   *
   * @param ctx the context
   * @return how many there are
   * @throws PipelineException if a stage fails
   * @throws ContextException if the context has ended, or ends before the values do
   * @throws InterruptedException if the thread is interrupted
   */
  default long count(Context ctx) throws InterruptedException {
    return ((Described<T>) this).use("count", ctx, (stage, _) -> Results.count(stage));
  }

  /**
   * Runs the pipeline as far as its first value.
   *
   * @param ctx the context
   * @return that value; empty if there is none
   * @throws PipelineException if a stage fails before that
   * @throws ContextException if the context has ended, or ends before that
   * @throws InterruptedException if the thread is interrupted
   */
  default Optional<T> first(Context ctx) throws InterruptedException {
    return ((Described<T>) this).use("first", ctx, (stage, _) -> Results.first(stage));
  }

  /**
   * Runs the pipeline for its last value.
   *
   * @param ctx the context
   * @return that value; empty if there is none
   * @throws PipelineException if a stage fails
   * @throws ContextException if the context has ended, or ends before the values do
   * @throws InterruptedException if the thread is interrupted
   */
  default Optional<T> last(Context ctx) throws InterruptedException {
    return ((Described<T>) this).use("last", ctx, (stage, _) -> Results.last(stage));
  }

  /**
   * Runs the pipeline for its only value.
   *
   * @param ctx the context
   * @return that value
   * @throws PipelineException if a stage fails; or if there is no value or a second one: its cause
   *     is then a {@link java.util.NoSuchElementException} or an {@link IllegalStateException}
   * @throws ContextException if the context has ended, or ends before the values do
   * @throws InterruptedException if the thread is interrupted
   */
  default T single(Context ctx) throws InterruptedException {
    return ((Described<T>) this).use("single", ctx, (stage, label) -> Results.single(stage, label));
  }

  /**
   * Runs the pipeline as far as the first value for which a condition holds.
   *
   * @param condition the condition
   * @param ctx the context
   * @return whether there is one
   * @throws PipelineException if a stage or the condition fails before that
   * @throws ContextException if the context has ended, or ends before that
   * @throws InterruptedException if the thread is interrupted
   */
  default boolean anyMatch(Condition<? super T> condition, Context ctx)
      throws InterruptedException {
    Objects.requireNonNull(condition, "condition");
    return ((Described<T>) this)
        .use("anyMatch", ctx, (stage, label) -> Results.any(stage, label, condition, true));
  }

  /**
   * Runs the pipeline as far as the first value for which a condition does not hold.
   *
   * @param condition the condition
   * @param ctx the context
   * @return whether there is none
   * @throws PipelineException if a stage or the condition fails before that
   * @throws ContextException if the context has ended, or ends before that
   * @throws InterruptedException if the thread is interrupted
   */
  default boolean allMatch(Condition<? super T> condition, Context ctx)
      throws InterruptedException {
    Objects.requireNonNull(condition, "condition");
    return ((Described<T>) this)
        .use("allMatch", ctx, (stage, label) -> !Results.any(stage, label, condition, false));
  }

  /**
   * Runs the pipeline as far as the first value for which a condition holds.
   *
   * @param condition the condition
   * @param ctx the context
   * @return whether there is none
   * @throws PipelineException if a stage or the condition fails before that
   * @throws ContextException if the context has ended, or ends before that
   * @throws InterruptedException if the thread is interrupted
   */
  default boolean noneMatch(Condition<? super T> condition, Context ctx)
      throws InterruptedException {
    Objects.requireNonNull(condition, "condition");
    return ((Described<T>) this)
        .use("noneMatch", ctx, (stage, label) -> !Results.any(stage, label, condition, true));
  }

  /**
   * Runs the pipeline and sends its values on a channel, which then ends: closed at the end of the
   * values, failed with what this throws otherwise.
   *
   * @param chan the channel
   * @param ctx the context
   * @throws PipelineException if a stage fails, or the channel was closed or failed by others
   * @throws ContextException if the context has ended, or ends before the values do
   * @throws InterruptedException if the thread is interrupted
   */
  default void sendTo(SendChan<? super T> chan, Context ctx) throws InterruptedException {
    Objects.requireNonNull(chan, "chan");
    var _ =
        ((Described<T>) this)
            .<Boolean>use(
                "sendTo",
                ctx,
                (stage, label) -> {
                  Results.sendTo(stage, label, chan);
                  return true;
                });
  }

  /**
   * Runs the pipeline in a goroutine of its own, and brings its values over a channel.
   *
   * @param buffer how many values may wait for the consumer
   * @param ctx the context; its end interrupts the run, and the feed fails with its exception
   * @return a feed, which ends as the run does: a failure of a stage is a {@link PipelineException}
   *     as the cause of the feed's; closing it stops the run
   * @throws IllegalArgumentException if the buffer is negative
   */
  default Feed<T> start(int buffer, Context ctx) {
    return Generators.produce(buffer, ctx, out -> forEach(out::send, Context.current()));
  }
}
