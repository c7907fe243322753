package dev.runnel.pattern;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.ReceiveChan;
import dev.runnel.time.Ticker;
import java.io.BufferedReader;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Channels of values that come from elsewhere than a sender.
 *
 * {@snippet class="dev.runnel.snippets.PatternSnippetsTest" region="generators"}
 *
 * <p>Those without a context are pulled: each value is made when it is received, on the thread that
 * receives it. There is no goroutine behind them, and so nothing to stop. What makes the value (an
 * iterator, a function) is called by one thread at a time and should not block; what it throws
 * fails the channel. Several goroutines may receive from one.
 *
 * <p>Those with a context may block, and so have a goroutine, which ends when the context does or
 * the {@link Feed} is closed.
 *
 * <p>Origin in Go: the generator of <i>Go Concurrency Patterns</i>, a function that returns a
 * channel. There, its goroutine is stranded when the consumer stops.
 */
public final class Generators {

  private Generators() {}

  /**
   * Given values.
   *
   * @param values the values
   * @param <T> the type of the values
   * @return a channel that brings them and ends
   * @throws NullPointerException if a value is null
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the values are only read, as what they are
  public static <T> ReceiveChan<T> of(T... values) {
    return from(List.of(values));
  }

  /**
   * Whole numbers in a row.
   *
   * @param from the first
   * @param to the number after the last
   * @return a channel that brings them and ends; none if {@code to} is not more than {@code from}
   */
  public static ReceiveChan<Integer> range(int from, int to) {
    return from(IntStream.range(from, to).iterator());
  }

  /**
   * Whole numbers in a row.
   *
   * @param from the first
   * @param to the number after the last
   * @return a channel that brings them and ends; none if {@code to} is not more than {@code from}
   */
  public static ReceiveChan<Long> range(long from, long to) {
    return from(LongStream.range(from, to).iterator());
  }

  /**
   * A value, and then again and again what a function makes of the last.
   *
   * @param first the first value
   * @param next makes the next
   * @param <T> the type of the values
   * @return a channel that never ends
   * @throws NullPointerException if an argument is null
   */
  public static <T> ReceiveChan<T> iterate(T first, UnaryOperator<T> next) {
    return from(Stream.iterate(Objects.requireNonNull(first, "first"), next).iterator());
  }

  /**
   * A value, and then what a function makes of the last, as long as a condition holds.
   *
   * @param first the first value
   * @param asLongAs whether a value is still to come
   * @param next makes the next
   * @param <T> the type of the values
   * @return a channel that ends before the first value for which the condition does not hold
   * @throws NullPointerException if an argument is null
   */
  public static <T> ReceiveChan<T> iterate(
      T first, Predicate<? super T> asLongAs, UnaryOperator<T> next) {
    return from(Stream.iterate(Objects.requireNonNull(first, "first"), asLongAs, next).iterator());
  }

  /**
   * The same value for ever.
   *
   * @param value the value
   * @param <T> the type of the value
   * @return a channel that never ends
   * @throws NullPointerException if the value is null
   */
  public static <T> ReceiveChan<T> repeat(T value) {
    Objects.requireNonNull(value, "value");
    return supply(() -> value);
  }

  /**
   * What a function returns, for ever.
   *
   * @param supplier makes a value
   * @param <T> the type of the values
   * @return a channel that never ends
   * @throws NullPointerException if the supplier is null
   */
  public static <T> ReceiveChan<T> supply(Supplier<? extends T> supplier) {
    Objects.requireNonNull(supplier, "supplier");
    return from(
        new Iterator<T>() {
          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public T next() {
            return supplier.get();
          }
        });
  }

  /**
   * The values of a collection, or of anything else that can be iterated over without blocking.
   *
   * @param values the values
   * @param <T> the type of the values
   * @return a channel that brings them and ends
   * @throws NullPointerException if the argument is null
   */
  public static <T> ReceiveChan<T> from(Iterable<? extends T> values) {
    return from(values.iterator());
  }

  /**
   * The values of an iterator that does not block. It is the channel's from now on.
   *
   * @param values the iterator
   * @param <T> the type of the values
   * @return a channel that brings them and ends
   * @throws NullPointerException if the argument is null
   */
  public static <T> ReceiveChan<T> from(Iterator<? extends T> values) {
    return ReceiveChan.from(new Pulled<>(Objects.requireNonNull(values, "values")));
  }

  /**
   * The time, at regular intervals. A receiver that is late loses ticks. There is no goroutine
   * behind it, and the ticking ends when nobody refers to the channel any more.
   *
   * @param period how often, more than zero
   * @return a channel that never ends
   * @throws IllegalArgumentException if the period is zero or negative
   * @throws NullPointerException if the period is null
   */
  public static ReceiveChan<Instant> tick(Duration period) {
    return Ticker.every(period).channel();
  }

  /**
   * What code sends, in a goroutine of its own: the general form of a generator.
   *
   * {@snippet class="dev.runnel.snippets.PatternSnippetsTest" region="produce"}
   *
   * @param ctx the context; its end interrupts the producer, and the feed fails with its exception
   * @param producer sends the values; when it returns, the feed ends
   * @param <T> the type of the values
   * @return a feed that hands over each value
   * @throws NullPointerException if an argument is null
   */
  public static <T> Feed<T> produce(Context ctx, Producer<T> producer) {
    return produce(0, ctx, producer);
  }

  /**
   * What code sends, in a goroutine of its own, which may be some values ahead.
   *
   * @param buffer how many values may wait for the consumer
   * @param ctx the context; its end interrupts the producer, and the feed fails with its exception
   * @param producer sends the values; when it returns, the feed ends
   * @param <T> the type of the values
   * @return a feed
   * @throws IllegalArgumentException if the buffer is negative
   * @throws NullPointerException if an argument is null
   */
  public static <T> Feed<T> produce(int buffer, Context ctx, Producer<T> producer) {
    Objects.requireNonNull(producer, "producer");
    Chan<T> out = Chan.buffered(buffer);
    return new ProducedFeed<>(
        out, Production.sendingTo(out, ctx, group -> group.go(() -> producer.produce(out))));
  }

  /**
   * The values of an iterator that may block: in {@code hasNext} and {@code next} it is interrupted
   * when the context ends or the feed is closed.
   *
   * @param values the iterator, the feed's from now on
   * @param ctx the context
   * @param <T> the type of the values
   * @return a feed that brings them and ends
   * @throws NullPointerException if an argument is null
   */
  public static <T> Feed<T> from(Iterator<? extends T> values, Context ctx) {
    Objects.requireNonNull(values, "values");
    return produce(
        ctx,
        out -> {
          while (values.hasNext()) {
            out.send(values.next());
          }
        });
  }

  /**
   * The values of a blocking queue. One that has been taken but not yet received when the feed ends
   * is lost.
   *
   * @param queue the queue
   * @param ctx the context
   * @param <T> the type of the values
   * @return a feed that ends only with its context, or when it is closed
   * @throws NullPointerException if an argument is null
   */
  public static <T> Feed<T> from(BlockingQueue<? extends T> queue, Context ctx) {
    Objects.requireNonNull(queue, "queue");
    return produce(
        ctx,
        out -> {
          while (true) {
            out.send(queue.take());
          }
        });
  }

  /**
   * The lines of a reader, which is not closed. Where reading can't be interrupted (as with {@code
   * System.in}), the goroutine ends only after the next line.
   *
   * @param reader the reader, the feed's from now on
   * @param ctx the context
   * @return a feed that brings the lines without their ends, and ends; it fails if reading does
   * @throws NullPointerException if an argument is null
   */
  public static Feed<String> lines(Reader reader, Context ctx) {
    BufferedReader lines =
        reader instanceof BufferedReader buffered ? buffered : new BufferedReader(reader);
    return produce(
        ctx,
        out -> {
          for (String line; (line = lines.readLine()) != null; ) {
            out.send(line);
          }
        });
  }

  /**
   * The lines of a file, in UTF-8.
   *
   * @param file the file, opened and closed by the feed's goroutine
   * @param ctx the context
   * @return a feed that brings the lines without their ends, and ends; it fails if reading does
   * @throws NullPointerException if an argument is null
   */
  public static Feed<String> lines(Path file, Context ctx) {
    Objects.requireNonNull(file, "file");
    return produce(
        ctx,
        out -> {
          try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line; (line = lines.readLine()) != null; ) {
              out.send(line);
            }
          }
        });
  }
}
