package dev.runnel.pipeline;

import dev.runnel.ReceiveChan;
import dev.runnel.internal.pipeline.Combinations;
import dev.runnel.internal.pipeline.Described;
import dev.runnel.internal.pipeline.Joins;
import dev.runnel.internal.pipeline.Sources;
import dev.runnel.internal.pipeline.Stage;
import dev.runnel.internal.pipeline.Timings;
import dev.runnel.pattern.Producer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.BaseStream;

/**
 * What becomes of values on their way from a source to a result: a description, which a terminal
 * call runs.
 *
 * {@snippet class="dev.runnel.snippets.PipelineSnippetsTest" region="pipeline"}
 *
 * <p>A pipeline can't be changed, and can be run as often as its source can; runs may go on at the
 * same time. It does nothing until a terminal call runs it: one that takes a {@link
 * dev.runnel.Context}. That call runs the stages on the calling thread; {@link
 * dev.runnel.Context#current} is its context there, whose end interrupts them. Goroutines that
 * stages use run under it too, and none runs any more when the call returns, however it does.
 *
 * <p>A stage that wants no more values, like {@link #take}, stops what is upstream of it at once.
 * Where a stage has goroutines upstream of it, these may have taken some values ahead by then,
 * which are dropped: one or two, 16 where several pipelines are combined, or as many as the stage
 * is told.
 *
 * <p>A stage that fails ends the run: what came before the failure goes on downstream, then the
 * call throws a {@link PipelineException} with the stage's name. Interrupts and the end of the
 * context are no failures; they go through as what they are.
 *
 * <p>Values are never null, and no argument may be: that is a {@link NullPointerException}. The
 * functions of a stage are called by one thread at a time, in the order of the values, unless the
 * stage says otherwise.
 *
 * <p>What was done to a value upstream <i>happens-before</i> what is done to it downstream, and all
 * that a run does <i>happens-before</i> the return of its terminal call.
 *
 * <p>Origin in Go: <i>Go Concurrency Patterns: Pipelines and cancellation</i>. There each stage is
 * a goroutine, and one that stops early strands all that are upstream of it.
 *
 * @param <T> the type of the values
 */
public sealed interface Pipeline<T>
    extends Mapping<T>,
        Slicing<T>,
        Gathering<T>,
        Joining<T>,
        Finishing<T>,
        Concurrent<T>,
        Combining<T>,
        Branching<T>,
        Timed<T>,
        Collapsing<T>,
        Terminal<T>
    permits Described {

  /**
   * Gives the last stage a name, which its failures tell.
   *
   * @param name the name
   * @return the same pipeline with that name
   */
  Pipeline<T> named(String name);

  /**
   * Goes on with a function of one's own, so that it reads in the order it runs.
   *
   * @param f makes something of this pipeline
   * @param <R> the type of what it makes
   * @return that
   */
  default <R> R via(Function<? super Pipeline<T>, ? extends R> f) {
    return f.apply(this);
  }

  /**
   * Given values.
   *
   * @param values the values
   * @param <T> the type of the values
   * @return a pipeline of them
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the values are only read, as what they are
  static <T> Pipeline<T> of(T... values) {
    return from(List.of(values));
  }

  /**
   * No values.
   *
   * @param <T> the type of the values that it has not
   * @return a pipeline without values
   */
  static <T> Pipeline<T> empty() {
    return from(List.<T>of());
  }

  /**
   * The values of a collection, or of anything else that can be iterated over. It is iterated over
   * anew by each run, and may block.
   *
   * @param values the values
   * @param <T> the type of the values
   * @return a pipeline of them
   */
  static <T> Pipeline<T> from(Iterable<? extends T> values) {
    Objects.requireNonNull(values, "values");
    return Described.source("from", label -> Sources.<T>each(values::iterator, label));
  }

  /**
   * The values of an iterator, which may block. They are there for one run only.
   *
   * @param values the iterator
   * @param <T> the type of the values
   * @return a pipeline of them
   */
  static <T> Pipeline<T> from(Iterator<? extends T> values) {
    Objects.requireNonNull(values, "values");
    return Described.source("from", label -> Sources.<T>each(() -> values, label));
  }

  /**
   * What is received from a channel until it ends; its failure is one of the source. A run takes no
   * value that it does not need.
   *
   * @param chan the channel
   * @param <T> the type of the values
   * @return a pipeline of them
   */
  static <T> Pipeline<T> from(ReceiveChan<? extends T> chan) {
    Objects.requireNonNull(chan, "chan");
    return Described.source("from", label -> Sources.<T>received(chan, label));
  }

  /**
   * The result of a future; its failure is one of the source. A run that is cut short does not
   * cancel it.
   *
   * @param future the future
   * @param <T> the type of the result
   * @return a pipeline of one value
   */
  static <T> Pipeline<T> from(Future<? extends T> future) {
    Objects.requireNonNull(future, "future");
    return Described.source("from", label -> Sources.<T>future(future, label));
  }

  /**
   * The elements of a stream, which each run makes and closes.
   *
   * @param make makes the stream
   * @param <T> the type of the elements
   * @return a pipeline of them
   */
  static <T> Pipeline<T> stream(Callable<? extends BaseStream<? extends T, ?>> make) {
    Objects.requireNonNull(make, "make");
    return Described.source("stream", label -> Sources.<T>stream(make, label));
  }

  /**
   * Whole numbers in a row.
   *
   * @param from the first
   * @param to the number after the last
   * @return a pipeline of them; empty if {@code to} is not more than {@code from}
   */
  static Pipeline<Integer> range(int from, int to) {
    return Described.source("range", _ -> Sources.range(from, to));
  }

  /**
   * Whole numbers in a row.
   *
   * @param from the first
   * @param to the number after the last
   * @return a pipeline of them; empty if {@code to} is not more than {@code from}
   */
  static Pipeline<Long> range(long from, long to) {
    return Described.source("range", _ -> Sources.range(from, to));
  }

  /**
   * A value, and then again and again what a function makes of the last.
   *
   * @param first the first value
   * @param next makes the next
   * @param <T> the type of the values
   * @return a pipeline without end
   */
  static <T> Pipeline<T> iterate(T first, Transform<? super T, ? extends T> next) {
    return iterate(first, _ -> true, next);
  }

  /**
   * A value, and then what a function makes of the last, as long as a condition holds.
   *
   * @param first the first value
   * @param asLongAs whether a value is still to come
   * @param next makes the next
   * @param <T> the type of the values
   * @return a pipeline that ends before the first value for which the condition does not hold
   */
  static <T> Pipeline<T> iterate(
      T first, Condition<? super T> asLongAs, Transform<? super T, ? extends T> next) {
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(asLongAs, "asLongAs");
    Objects.requireNonNull(next, "next");
    return Described.source("iterate", label -> Sources.<T>iterate(first, asLongAs, next, label));
  }

  /**
   * What a state brings forth, one value after another, until there is no next state.
   *
   * @param initial the state at first
   * @param next makes the next state and a value; empty ends the values
   * @param <S> the type of the state
   * @param <T> the type of the values
   * @return a pipeline of them
   */
  static <S, T> Pipeline<T> unfold(
      S initial, Transform<? super S, Optional<? extends Next<? extends S, ? extends T>>> next) {
    Objects.requireNonNull(initial, "initial");
    Objects.requireNonNull(next, "next");
    return Described.source("unfold", label -> Sources.<S, T>unfold(initial, next, label));
  }

  /**
   * The same value for ever.
   *
   * @param value the value
   * @param <T> the type of the value
   * @return a pipeline without end
   */
  static <T> Pipeline<T> repeat(T value) {
    Objects.requireNonNull(value, "value");
    return Described.source("repeat", label -> Sources.<T>generate(() -> value, label));
  }

  /**
   * What a function returns, for ever.
   *
   * @param make makes a value
   * @param <T> the type of the values
   * @return a pipeline without end
   */
  static <T> Pipeline<T> generate(Callable<? extends T> make) {
    Objects.requireNonNull(make, "make");
    return Described.source("generate", label -> Sources.<T>generate(make, label));
  }

  /**
   * What code emits, on the thread of the run: each value is dealt with downstream before the call
   * that emits it returns.
   *
   * @param code emits the values; when it returns, they end
   * @param <T> the type of the values
   * @return a pipeline of them
   */
  static <T> Pipeline<T> emit(Effect<? super Emitter<T>> code) {
    Objects.requireNonNull(code, "code");
    return Described.source("emit", label -> Sources.<T>emitted(code, label));
  }

  /**
   * What code sends, in a goroutine of its own: the general form of a source.
   *
   * @param producer sends the values; when it returns, they end
   * @param <T> the type of the values
   * @return a pipeline of them
   */
  static <T> Pipeline<T> produce(Producer<T> producer) {
    Objects.requireNonNull(producer, "producer");
    return Described.source("produce", label -> Sources.produced(producer, label));
  }

  /**
   * The time, at regular intervals; the first time after one interval. Ticks for which there is no
   * time are left out.
   *
   * @param period how often
   * @return a pipeline without end
   * @throws IllegalArgumentException if the period is zero or negative
   */
  static Pipeline<Instant> tick(Duration period) {
    long nanos = Numbers.moreThanZero(period, "the period of a tick");
    return Described.source("tick", _ -> Timings.tick(nanos));
  }

  /**
   * The values of several pipelines that run at once, as they come.
   *
   * @param pipelines the pipelines
   * @param <T> the type of their values
   * @return a pipeline of them all
   */
  static <T> Pipeline<T> merge(List<? extends Pipeline<? extends T>> pipelines) {
    List<Stage<? extends T>> stages = stages(pipelines);
    return Described.source("merge", _ -> Combinations.<T>merge(stages, Until.ALL_END));
  }

  /**
   * The values of several pipelines that run at once, as they come, maybe not to the end of all.
   *
   * @param pipelines the pipelines
   * @param until whose end ends it
   * @param <T> the type of their values
   * @return a pipeline of them all
   */
  static <T> Pipeline<T> merge(List<? extends Pipeline<? extends T>> pipelines, Until until) {
    Objects.requireNonNull(until, "until");
    List<Stage<? extends T>> stages = stages(pipelines);
    return Described.source("merge", _ -> Combinations.<T>merge(stages, until));
  }

  /**
   * Values of several pipelines that run at once, of each in turn. When one has no more, the others
   * go on.
   *
   * @param pipelines the pipelines
   * @param segment how many values in a row are taken of each
   * @param <T> the type of their values
   * @return a pipeline of them all
   * @throws IllegalArgumentException if the number is less than 1
   */
  static <T> Pipeline<T> interleave(List<? extends Pipeline<? extends T>> pipelines, int segment) {
    return interleave(pipelines, segment, Until.ALL_END);
  }

  /**
   * Values of several pipelines that run at once, of each in turn, maybe not to the end of all.
   *
   * @param pipelines the pipelines
   * @param segment how many values in a row are taken of each
   * @param until whose end ends it
   * @param <T> the type of their values
   * @return a pipeline of them all
   * @throws IllegalArgumentException if the number is less than 1
   */
  static <T> Pipeline<T> interleave(
      List<? extends Pipeline<? extends T>> pipelines, int segment, Until until) {
    Numbers.atLeast(1, segment, "the length of a segment");
    Objects.requireNonNull(until, "until");
    List<Stage<? extends T>> stages = stages(pipelines);
    return Described.source("interleave", _ -> Combinations.<T>interleave(stages, segment, until));
  }

  /**
   * What is made of the latest value of each of several pipelines that run at once, whenever one
   * brings a new one.
   *
   * @param pipelines the pipelines
   * @param f makes it of the latest values, in the order of the pipelines
   * @param <T> the type of their values
   * @param <R> the type of what it makes
   * @return a pipeline that begins when each has a value, and ends when all have ended
   */
  static <T, R> Pipeline<R> combineLatest(
      List<? extends Pipeline<? extends T>> pipelines, Transform<? super List<T>, ? extends R> f) {
    Objects.requireNonNull(f, "f");
    List<Stage<? extends T>> stages = stages(pipelines);
    return Described.source(
        "combineLatest", label -> Combinations.<T, R>combineLatest(stages, label, f));
  }

  /**
   * The values of several pipelines, one after another.
   *
   * @param pipelines the pipelines
   * @param <T> the type of their values
   * @return a pipeline of them all
   */
  static <T> Pipeline<T> concat(List<? extends Pipeline<? extends T>> pipelines) {
    List<Stage<? extends T>> stages = stages(pipelines);
    return Described.source("concat", _ -> Joins.<T>concat(stages));
  }

  private static <T> List<Stage<? extends T>> stages(
      List<? extends Pipeline<? extends T>> pipelines) {
    List<Stage<? extends T>> stages = new ArrayList<>();
    for (Pipeline<? extends T> pipeline : pipelines) {
      stages.add(Described.<T>stage(pipeline));
    }
    return List.copyOf(stages);
  }

  /**
   * A failure.
   *
   * @param cause what the stage failed with
   * @param <T> the type of the values that it has not
   * @return a pipeline that fails
   */
  static <T> Pipeline<T> failed(Throwable cause) {
    Objects.requireNonNull(cause, "cause");
    return Described.source("failed", label -> Sources.<T>failure(cause, label));
  }

  /**
   * A pipeline that is made when it is run, anew for each run.
   *
   * @param make makes it
   * @param <T> the type of the values
   * @return a pipeline of its values
   */
  static <T> Pipeline<T> defer(Callable<? extends Pipeline<? extends T>> make) {
    Objects.requireNonNull(make, "make");
    return Described.source("defer", label -> Sources.<T>defer(make, label));
  }

  /**
   * The values of several pipelines, one after another.
   *
   * @param pipelines a pipeline of pipelines
   * @param <T> the type of their values
   * @return a pipeline of them all
   */
  static <T> Pipeline<T> flatten(Pipeline<? extends Pipeline<? extends T>> pipelines) {
    return pipelines.<T>flatMap(pipeline -> pipeline);
  }

  /**
   * The values of several pipelines, several of which run at a time, in the order of the pipelines.
   *
   * @param most how many pipelines at a time at most; as many again may be done and wait
   * @param ahead how many values of each may wait for its turn
   * @param pipelines a pipeline of pipelines
   * @param <T> the type of their values
   * @return a pipeline of them all
   * @throws IllegalArgumentException if the first number is less than 1, or the second negative
   */
  static <T> Pipeline<T> flattenParallel(
      int most, int ahead, Pipeline<? extends Pipeline<? extends T>> pipelines) {
    return pipelines.<T>flatMapParallel(most, ahead, pipeline -> pipeline);
  }

  /**
   * The values of several pipelines, several of which run at a time, as they come.
   *
   * @param most how many pipelines at a time at most
   * @param pipelines a pipeline of pipelines
   * @param <T> the type of their values
   * @return a pipeline of them all
   * @throws IllegalArgumentException if the number is less than 1
   */
  static <T> Pipeline<T> flattenUnordered(
      int most, Pipeline<? extends Pipeline<? extends T>> pipelines) {
    return pipelines.<T>flatMapUnordered(most, pipeline -> pipeline);
  }
}
