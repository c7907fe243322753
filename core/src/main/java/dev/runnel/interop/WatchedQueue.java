package dev.runnel.interop;

import dev.runnel.ReceiveChan;
import dev.runnel.SendChan;
import dev.runnel.spi.Sink;
import dev.runnel.spi.Source;
import java.util.AbstractQueue;
import java.util.Collection;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A blocking queue that takes part in channels and select: its elements can be put and taken as
 * ever, and sent and received as well.
 *
 * <p>It ends when the {@linkplain #sending sending side} is closed or failed; what is in it then
 * can still be taken and received. What adds to it afterwards throws {@link IllegalStateException};
 * an element that is put at that very moment may stay in it.
 *
 * <p>Putting an element or sending it <i>happens-before</i> what follows its being taken or
 * received.
 *
 * <h2>How it works</h2>
 *
 * Whoever changes the queue wakes those who are armed; they look again. The change comes before
 * looking who is armed, arming before the look at the queue: at least one sees the other.
 *
 * @param <T> the type of the elements
 */
public final class WatchedQueue<T> extends AbstractQueue<T> implements BlockingQueue<T> {
  private final BlockingQueue<T> queue;
  private final Set<Runnable> armed = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable End> end = new AtomicReference<>();
  private final Ends ends = new Ends();
  private final ReceiveChan<T> receiving = ReceiveChan.from(ends);
  private final SendChan<T> sending = SendChan.to(ends);

  private record End(@Nullable Throwable cause) {}

  WatchedQueue(BlockingQueue<T> queue) {
    this.queue = queue;
  }

  /**
   * The receiving side.
   *
   * @return a channel that receives the elements
   */
  public ReceiveChan<T> receiving() {
    return receiving;
  }

  /**
   * The sending side.
   *
   * @return a channel that sends elements, waiting for room where the queue is bounded
   */
  public SendChan<T> sending() {
    return sending;
  }

  private void changed() {
    armed.forEach(Runnable::run);
  }

  private <R> R changed(R result) {
    changed();
    return result;
  }

  private void ensureOpen() {
    if (end.get() != null) {
      throw new IllegalStateException("the queue has ended: nothing can be added to it");
    }
  }

  @Override
  public boolean offer(T value) {
    ensureOpen();
    return changed(queue.offer(value));
  }

  @Override
  public boolean offer(T value, long timeout, TimeUnit unit) throws InterruptedException {
    ensureOpen();
    return changed(queue.offer(value, timeout, unit));
  }

  @Override
  public void put(T value) throws InterruptedException {
    ensureOpen();
    queue.put(value);
    changed();
  }

  @Override
  public T take() throws InterruptedException {
    return changed(queue.take());
  }

  @Override
  public @Nullable T poll() {
    T value = queue.poll();
    changed();
    return value;
  }

  @Override
  public @Nullable T poll(long timeout, TimeUnit unit) throws InterruptedException {
    T value = queue.poll(timeout, unit);
    changed();
    return value;
  }

  @Override
  public @Nullable T peek() {
    return queue.peek();
  }

  @Override
  public int size() {
    return queue.size();
  }

  @Override
  public int remainingCapacity() {
    return queue.remainingCapacity();
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
    try {
      return queue.drainTo(into, max);
    } finally { // even if the collection throws, some may be gone
      changed();
    }
  }

  @Override
  public boolean contains(@Nullable Object value) {
    return queue.contains(value);
  }

  @Override
  public boolean remove(@Nullable Object value) {
    return changed(queue.remove(value));
  }

  @Override
  public boolean removeIf(Predicate<? super T> filter) {
    return changed(queue.removeIf(filter));
  }

  @Override
  public void clear() {
    queue.clear();
    changed();
  }

  @Override
  public Iterator<T> iterator() {
    Iterator<T> elements = queue.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return elements.hasNext();
      }

      @Override
      public T next() {
        return elements.next();
      }

      @Override
      public void remove() {
        elements.remove();
        changed();
      }
    };
  }

  /** What the two channels use. */
  private final class Ends implements Source<T>, Sink<T> {

    @Override
    public @Nullable T poll() {
      T value = queue.poll();
      if (value != null) {
        changed();
      }
      return value;
    }

    @Override
    public boolean offer(T value) {
      return end.get() == null && queue.offer(value) && changed(true);
    }

    @Override
    public boolean closed() {
      return end.get() != null;
    }

    @Override
    public @Nullable Throwable cause() {
      End how = end.get();
      return how == null ? null : how.cause();
    }

    @Override
    public void close(@Nullable Throwable cause) {
      if (end.compareAndSet(null, new End(cause))) {
        changed();
      }
    }

    @Override
    public void arm(Runnable wake) {
      armed.add(wake);
    }

    @Override
    public void disarm(Runnable wake) {
      armed.remove(wake);
    }

    @Override
    public String toString() {
      return "a blocking queue";
    }
  }
}
