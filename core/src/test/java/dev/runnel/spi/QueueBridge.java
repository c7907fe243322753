package dev.runnel.spi;

import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * An example of a foreign queue in Runnel: a {@link BlockingQueue} as a source, as a sink, or both.
 *
 * <p>A blocking queue tells nobody when it changes, so code that is not Runnel's uses {@link #put}
 * and {@link #take} of this bridge in place of the queue's own. Each change wakes whoever is armed;
 * a wake-up too many does no harm.
 */
public final class QueueBridge<T> implements Source<T>, Sink<T> {
  private final BlockingQueue<T> queue;
  private final Set<Runnable> armed = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Throwable cause;
  private volatile boolean closed;

  public QueueBridge(BlockingQueue<T> queue) {
    this.queue = queue;
  }

  /** The foreign side: puts a value in, waiting for room. */
  public void put(T value) throws InterruptedException {
    queue.put(value);
    wakeAll();
  }

  /** The foreign side: takes a value out, waiting for one. */
  public T take() throws InterruptedException {
    T value = queue.take();
    wakeAll();
    return value;
  }

  @Override
  public @Nullable T poll() {
    T value = queue.poll();
    if (value != null) {
      wakeAll();
    }
    return value;
  }

  @Override
  public boolean offer(T value) {
    boolean taken = queue.offer(value);
    if (taken) {
      wakeAll();
    }
    return taken;
  }

  @Override
  public boolean closed() {
    return closed;
  }

  @Override
  public @Nullable Throwable cause() {
    return cause;
  }

  @Override
  public void close(@Nullable Throwable newCause) {
    cause = newCause; // before the flag by which others find it
    closed = true;
    wakeAll();
  }

  @Override
  public void arm(Runnable wake) {
    armed.add(wake);
  }

  @Override
  public void disarm(Runnable wake) {
    armed.remove(wake);
  }

  /** How many waits are armed. */
  public int armed() {
    return armed.size();
  }

  private void wakeAll() {
    armed.forEach(Runnable::run);
  }

  @Override
  public String toString() {
    return "queue";
  }
}
