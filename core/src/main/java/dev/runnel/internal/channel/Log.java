package dev.runnel.internal.channel;

import dev.runnel.internal.park.SpinLock;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The latest values that were sent to many channels at once: each is written once, and read by
 * every channel for itself, through its {@link LogRing}.
 *
 * <p>One sender at a time appends. Before that it asks each channel that is {@linkplain LogRing#due
 * due} whether it {@linkplain LogRing#follows follows}, so that no value is overwritten which
 * somebody has yet to read, and nobody is given more than it has room for. A receiver that finds
 * nothing waits in its channel, and the sender hands it the value before its send returns.
 *
 * <p>When all who read it have read everything, and wait, the values are forgotten; so what has
 * been received is not kept in memory by an idle log.
 *
 * <p><b>Memory ordering.</b> A value is written before {@code end}, a volatile field, and read
 * after it. It is overwritten after the sender has seen, under the reader's lock, that it was read.
 * "Say that somebody waits, then look at {@code end}" stands against "move {@code end}, then look
 * whether somebody waits", all volatile: at least one sees the other. Values are added and
 * forgotten under the log's own lock; whoever may still have to read one, or to hand it over, has
 * counted itself into {@code busy} before it was added.
 */
public final class Log extends SpinLock {
  static final int LENGTH = 64;

  private final @Nullable Object[] values = new Object[LENGTH];

  /** How many may read what is here: the readers that do not wait, and the sender. */
  private final AtomicInteger busy = new AtomicInteger();

  /** Whether the sender has counted itself in: it has something to hand over. The sender's. */
  private boolean serving;

  /** Whether a reader may wait. */
  private volatile boolean awaited;

  /** The number of the next value. */
  private volatile long end;

  /** The number of the oldest value that is kept, or later. */
  private long forgotten;

  /** Creates an empty log. */
  public Log() {}

  /**
   * The number of the next value: how many have been appended.
   *
   * @return the number
   */
  public long end() {
    return end;
  }

  /**
   * Appends a value, and hands it to those who wait. Only for the sender, after it has asked.
   *
   * @param value the value
   * @param serve calls {@link LogRing#serve} of every reader
   */
  public void append(Object value, Runnable serve) {
    if (!serving) {
      serving = true;
      busy.incrementAndGet();
    }
    long number = end;
    lock();
    values[slot(number)] = value;
    unlock();
    end = number + 1;
    if (awaited) {
      awaited = false; // first, as a reader that waits meanwhile says so again
      serveAll(serve);
    }
    serving = false; // not if it broke off: what was not handed over must not be forgotten
    leave();
  }

  private void serveAll(Runnable serve) {
    boolean whole = false;
    try {
      serve.run();
      whole = true;
    } finally {
      if (!whole) {
        awaited = true; // the next sender serves those that this one has not
      }
    }
  }

  /** A value that was appended and has not been forgotten. */
  Object get(long number) {
    return Objects.requireNonNull(values[slot(number)]);
  }

  /** Hears that a reader waits. */
  void await() {
    if (!awaited) { // no write without a change, as many readers write it
      awaited = true;
    }
  }

  /** Hears that a reader may read from now on. */
  void enter() {
    busy.incrementAndGet();
  }

  /** Hears that a reader waits or has ended, with nothing left to read. */
  void leave() {
    if (busy.decrementAndGet() == 0 && tryLock()) {
      if (busy.get() == 0) {
        forget();
      }
      unlock();
    }
  }

  private void forget() {
    for (long number = Math.max(forgotten, end - LENGTH); number < end; number++) {
      values[slot(number)] = null;
    }
    forgotten = end;
  }

  private static int slot(long number) {
    return (int) number & (LENGTH - 1);
  }
}
