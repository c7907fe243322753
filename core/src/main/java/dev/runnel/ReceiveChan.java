package dev.runnel;

import dev.runnel.internal.channel.ChannelIterator;
import dev.runnel.internal.channel.SourceChannel;
import dev.runnel.internal.select.Arms;
import dev.runnel.spi.Source;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The receiving side of a channel. It has no {@code close}: a receiver can't end a channel.
 *
 * <p>Waiting receivers are served first come, first served. A channel whose sender {@linkplain
 * SendChan#fail failed} it gives its buffered values first; after them every form of receive throws
 * {@link ChannelFailedException}, or reports {@link ReceiveResult.Closed} where it returns a {@link
 * ReceiveResult}.
 *
 * <p>Origin in Go: {@code <-chan T}.
 *
 * @param <T> the type of the values, which are never null
 */
public interface ReceiveChan<T> extends Iterable<T> {

  /**
   * Receives a value, waiting for one.
   *
   * @return the value, or null if the channel is closed and drained (where Go has the zero value)
   * @throws ChannelFailedException if the channel is drained and was failed
   * @throws InterruptedException if the thread is interrupted on entry or while waiting; no value
   *     was taken
   */
  @Nullable T receive() throws InterruptedException;

  /**
   * Receives a value, giving up when a context ends.
   *
   * @param ctx the context to watch
   * @return the value, or null if the channel is closed and drained
   * @throws ContextException if the context has ended, even if a value is there, or ends while this
   *     waits; no value was taken
   * @throws ChannelFailedException if the channel is drained and was failed
   * @throws InterruptedException if the thread is interrupted on entry or while waiting; no value
   *     was taken
   */
  @Nullable T receive(Context ctx) throws InterruptedException;

  /**
   * Receives a value, waiting no longer than a given time.
   *
   * @param atMost how long to wait; zero or negative: not at all
   * @return the value, the end of the channel, or {@link ReceiveResult.Empty} if time ran out
   * @throws InterruptedException if the thread is interrupted on entry or while waiting; no value
   *     was taken
   */
  ReceiveResult<T> receive(Duration atMost) throws InterruptedException;

  /**
   * Receives a value if that is possible without waiting.
   *
   * @return the value, the end of the channel, or {@link ReceiveResult.Empty}
   */
  ReceiveResult<T> tryReceive();

  /**
   * Receives a value, for those who know that one must come.
   *
   * @return the value
   * @throws ChannelClosedException if the channel is closed and drained
   * @throws ChannelFailedException if the channel is drained and was failed
   * @throws InterruptedException if the thread is interrupted on entry or while waiting; no value
   *     was taken
   */
  default T receiveOrThrow() throws InterruptedException {
    T value = receive();
    if (value == null) {
      throw new ChannelClosedException("receive on closed channel");
    }
    return value;
  }

  /**
   * Waits for one value, then takes what else is there: buffered values, and those of waiting
   * senders.
   *
   * <p>If {@code into} throws on a value, that value goes with the exception and the rest stays in
   * the channel.
   *
   * @param max the most to take, at least 1
   * @param into where the values are added, in order; never called under a lock
   * @return how many were added; 0 only if the channel is closed and drained
   * @throws IllegalArgumentException if {@code max} is less than 1
   * @throws ChannelFailedException if the channel is drained and was failed
   * @throws InterruptedException if the thread is interrupted before a value came
   */
  int receiveUpTo(int max, Collection<? super T> into) throws InterruptedException;

  /**
   * Receives until the channel is closed and drained.
   *
   * @param action what to do with each value
   * @throws ChannelFailedException if the channel was failed
   * @throws InterruptedException if the thread is interrupted, or the action throws it
   */
  default void receiveEach(Handler<? super T> action) throws InterruptedException {
    Objects.requireNonNull(action, "action");
    for (T value; (value = receive()) != null; ) {
      action.handle(value);
    }
  }

  /**
   * Receives until the channel is closed and drained, in a {@code for} loop.
   *
   * <p>Origin in Go: {@code for v := range ch}.
   *
   * @return an iterator for one thread, which receives in {@code hasNext} and throws {@link
   *     InterruptedIterationException} when interrupted, {@link ChannelFailedException} when the
   *     channel was failed
   */
  @Override
  default Iterator<T> iterator() {
    return new ChannelIterator<>(this);
  }

  /**
   * The values as a stream, which receives one only when it needs one: whatever it does not consume
   * stays in the channel.
   *
   * @return a sequential stream, which throws as {@link #iterator} does
   */
  default Stream<T> stream() {
    return ChannelIterator.stream(this);
  }

  /**
   * A select case that receives a value.
   *
   * @return the case
   */
  ReceiveCase<T> onReceive();

  /**
   * A select case that receives a value and does something with it. If it wins because the channel
   * is closed and drained, {@code select} throws {@link ChannelClosedException}.
   *
   * @param then what to do with the value
   * @return the case
   * @throws NullPointerException if {@code then} is null
   */
  default Case<Void> onReceive(Handler<? super T> then) {
    return Arms.handling(onReceive(), then, null);
  }

  /**
   * A select case that receives a value and does something with it, or something else at the end.
   *
   * @param then what to do with the value
   * @param whenClosed what to do if the channel is closed and drained
   * @return the case
   * @throws NullPointerException if an argument is null
   */
  default Case<Void> onReceive(Handler<? super T> then, Step whenClosed) {
    return Arms.handling(onReceive(), then, Objects.requireNonNull(whenClosed, "whenClosed"));
  }

  /**
   * Makes a channel of a foreign source.
   *
   * @param source where the values come from
   * @param <T> the type of the values
   * @return the receiving side of a channel over it
   * @throws NullPointerException if the source is null
   */
  static <T> ReceiveChan<T> from(Source<T> source) {
    return new SourceChannel<>(Objects.requireNonNull(source, "source"));
  }
}
