package dev.runnel.internal.channel;

import dev.runnel.InterruptedIterationException;
import dev.runnel.ReceiveChan;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Iteration over a channel until it is closed and drained, for one thread.
 *
 * @param <T> the type of the values
 */
public final class ChannelIterator<T> implements Iterator<T> {
  private final ReceiveChan<T> channel;
  private @Nullable T next;
  private boolean ended;

  /**
   * Creates an iterator.
   *
   * @param channel where the values come from
   */
  public ChannelIterator(ReceiveChan<T> channel) {
    this.channel = channel;
  }

  @Override
  public boolean hasNext() {
    if (next == null && !ended) {
      next = receive(channel);
      ended = next == null;
    }
    return next != null;
  }

  @Override
  public T next() {
    T value = hasNext() ? next : null;
    if (value == null) {
      throw new NoSuchElementException("the channel is closed and drained");
    }
    next = null;
    return value;
  }

  /**
   * A stream that receives one value for each it needs.
   *
   * @param channel where the values come from
   * @param <T> the type of the values
   * @return a sequential stream
   */
  public static <T> Stream<T> stream(ReceiveChan<T> channel) {
    return StreamSupport.stream(new OneByOne<>(channel), false);
  }

  private static <T> @Nullable T receive(ReceiveChan<T> channel) {
    try {
      return channel.receive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIterationException(e);
    }
  }

  /** Never split, because splitting would take values before anybody asked for them. */
  private record OneByOne<T>(ReceiveChan<T> channel) implements Spliterator<T> {

    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
      Objects.requireNonNull(action, "action"); // or its value would be lost
      T value = receive(channel);
      if (value == null) {
        return false;
      }
      action.accept(value);
      return true;
    }

    @Override
    public @Nullable Spliterator<T> trySplit() {
      return null;
    }

    @Override
    public long estimateSize() {
      return Long.MAX_VALUE;
    }

    @Override
    public int characteristics() {
      return ORDERED | NONNULL;
    }
  }
}
