package dev.runnel.interop;

import dev.runnel.ChannelFailedException;
import dev.runnel.InterruptedIterationException;
import dev.runnel.ReceiveChan;
import dev.runnel.ReceiveResult.Closed;
import dev.runnel.ReceiveResult.Value;
import dev.runnel.internal.time.Clock;
import dev.runnel.pipeline.Transform;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.stream.Gatherer;
import java.util.stream.Gatherer.Downstream;
import org.jspecify.annotations.Nullable;

/**
 * Stages of a {@link java.util.stream.Stream} that use goroutines, channels and the time, beside
 * those of {@link java.util.stream.Gatherers}.
 *
 * {@snippet class="dev.runnel.snippets.InteropSnippetsTest" region="gatherers"}
 *
 * <p>A stream is pulled by the thread of its terminal call, which waits in these stages. It can't
 * be cut short while it waits in its source, and a stage learns neither of a failure elsewhere nor
 * of an iterator that is left in the middle. A {@link dev.runnel.pipeline.Pipeline} has none of
 * these limits.
 *
 * <p>An interrupt while a stage waits makes the terminal call throw {@link
 * InterruptedIterationException}, with the flag set again. Streams that use these run one after
 * another even where they are parallel.
 */
public final class ConcurrentGatherers {

  private ConcurrentGatherers() {}

  /**
   * Calls a function for many elements at once, each in a goroutine, and passes the results on as
   * they come. (Those of {@link java.util.stream.Gatherers#mapConcurrent} come in the order of the
   * elements.)
   *
   * <p>The goroutines belong to a group under {@link dev.runnel.Context#current}. When a call
   * fails, and when the stream wants no more, those that run are interrupted and waited for. If the
   * stream fails elsewhere, they end by themselves.
   *
   * @param most how many calls run at a time at most
   * @param f the function, which may block; what it throws goes through the terminal call, wrapped
   *     in a {@link java.util.concurrent.CompletionException} if it is checked
   * @param <T> the type of the elements
   * @param <R> the type of the results
   * @return a gatherer
   * @throws IllegalArgumentException if the number is less than 1
   * @throws NullPointerException if the function is null
   */
  public static <T extends @Nullable Object, R extends @Nullable Object>
      Gatherer<T, ?, R> mapUnordered(int most, Transform<? super T, ? extends R> f) {
    if (most < 1) {
      throw new IllegalArgumentException("calls run by at least 1 at a time, not " + most);
    }
    Objects.requireNonNull(f, "f");
    return Gatherer.<T, Calls<T, R>, R>ofSequential(
        () -> new Calls<T, R>(most, f), Calls::integrate, Calls::finish);
  }

  /**
   * Puts elements into lists by number and time. A stream's stage has the thread only when an
   * element comes; so a list whose time is over goes on when the next element comes, or the end.
   * (That of a pipeline's {@code groupedWithin} goes on in time.)
   *
   * @param most how many elements a list has at most
   * @param within how long after its first element an element may still come into a list
   * @param <T> the type of the elements
   * @return a gatherer of lists that can't be changed, none of them empty
   * @throws IllegalArgumentException if the number is less than 1
   * @throws NullPointerException if the duration is null
   */
  public static <T> Gatherer<T, ?, List<T>> windows(int most, Duration within) {
    Clock clock = Clock.current();
    return windows(most, within, clock::nanos);
  }

  /** The same with a clock of its own. */
  static <T> Gatherer<T, ?, List<T>> windows(int most, Duration within, LongSupplier nanos) {
    if (most < 1) {
      throw new IllegalArgumentException("a window has at least 1 element, not " + most);
    }
    long length = Clock.nanos(within);
    return Gatherer.<T, Window<T>, List<T>>ofSequential(
        () -> new Window<T>(most, length, nanos), Window::integrate, Window::finish);
  }

  /**
   * Merges what comes over a channel into a stream: after each element, a value of the channel if
   * one is there, and when the elements have ended, the channel's to its end.
   *
   * @param chan the channel; its failure goes through the terminal call. Nothing is taken from it
   *     that does not go on
   * @param <T> the type of the elements and the values
   * @return a gatherer
   * @throws NullPointerException if the channel is null
   */
  public static <T> Gatherer<T, ?, T> merge(ReceiveChan<? extends T> chan) {
    Objects.requireNonNull(chan, "chan");
    return Gatherer.<T, T>ofSequential(
        (_, element, downstream) -> downstream.push(element) && pushIfThere(chan, downstream),
        (_, downstream) -> pushRest(chan, downstream));
  }

  private static <T> boolean pushIfThere(
      ReceiveChan<? extends T> chan, Downstream<? super T> downstream) {
    return switch (chan.tryReceive()) {
      case Value<? extends T>(T value) -> downstream.push(value);
      case Closed<? extends T>(Throwable cause) when cause != null ->
          throw new ChannelFailedException(cause);
      default -> true;
    };
  }

  private static <T> void pushRest(
      ReceiveChan<? extends T> chan, Downstream<? super T> downstream) {
    while (!downstream.isRejecting()) {
      T value = receive(chan);
      if (value == null) {
        return;
      }
      downstream.push(value);
    }
  }

  /** Receives where an interrupt can't be thrown as such. */
  static <T> @Nullable T receive(ReceiveChan<? extends T> chan) {
    try {
      return chan.receive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIterationException(e);
    }
  }
}
