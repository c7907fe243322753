package dev.runnel.interop;

import dev.runnel.Chan;
import dev.runnel.ChannelClosedException;
import dev.runnel.ChannelFailedException;
import dev.runnel.ReceiveResult;
import dev.runnel.ReceiveResult.Closed;
import dev.runnel.ReceiveResult.Value;
import java.time.Duration;
import java.util.AbstractQueue;
import java.util.Collection;
import java.util.Iterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A channel as a blocking queue.
 *
 * @param <T> the type of the values
 */
final class ChannelQueue<T> extends AbstractQueue<T> implements BlockingQueue<T> {
  private final Chan<T> chan;

  ChannelQueue(Chan<T> chan) {
    this.chan = chan;
  }

  @Override
  public boolean offer(T value) {
    return chan.trySend(value);
  }

  @Override
  public boolean offer(T value, long timeout, TimeUnit unit) throws InterruptedException {
    return chan.send(value, duration(timeout, unit));
  }

  @Override
  public void put(T value) throws InterruptedException {
    chan.send(value);
  }

  @Override
  public T take() throws InterruptedException {
    return chan.receiveOrThrow();
  }

  @Override
  public @Nullable T poll() {
    return valueOf(chan.tryReceive());
  }

  @Override
  public @Nullable T poll(long timeout, TimeUnit unit) throws InterruptedException {
    ReceiveResult<T> result = chan.receive(duration(timeout, unit));
    if (result instanceof Closed<T>(Throwable cause) && cause == null) {
      throw new ChannelClosedException("receive on closed channel");
    }
    return valueOf(result);
  }

  private static Duration duration(long timeout, TimeUnit unit) {
    return Duration.ofNanos(unit.toNanos(timeout));
  }

  private static <T> @Nullable T valueOf(ReceiveResult<T> result) {
    if (result instanceof Closed<T>(Throwable cause) && cause != null) {
      throw new ChannelFailedException(cause);
    }
    return result instanceof Value<T>(T value) ? value : null;
  }

  @Override
  public int drainTo(Collection<? super T> into) {
    return drainTo(into, Integer.MAX_VALUE);
  }

  @Override
  public int drainTo(Collection<? super T> into, int max) {
    if (into == this) {
      throw new IllegalArgumentException("a queue can't be drained to itself");
    }
    int count = 0;
    while (count < max && chan.tryReceive() instanceof Value<T>(T value)) {
      into.add(value);
      count++;
    }
    return count;
  }

  @Override
  public int size() {
    return chan.length();
  }

  @Override
  public int remainingCapacity() {
    return Math.max(0, chan.capacity() - chan.length());
  }

  @Override
  public @Nullable T peek() {
    throw onlyByTaking();
  }

  @Override
  public boolean contains(@Nullable Object value) {
    throw onlyByTaking();
  }

  @Override
  public boolean remove(@Nullable Object value) {
    throw onlyByTaking();
  }

  @Override
  public Iterator<T> iterator() {
    throw onlyByTaking();
  }

  private static UnsupportedOperationException onlyByTaking() {
    return new UnsupportedOperationException("a channel shows its values only to who takes them");
  }

  @Override
  public String toString() {
    return "queue over " + chan;
  }
}
