package dev.runnel.internal.channel;

import dev.runnel.Chan;
import dev.runnel.Overflow;
import dev.runnel.internal.hook.Hooks;
import org.jspecify.annotations.Nullable;

/**
 * The ring of a channel that reads a {@link Log}: first come its own values, then those of the log.
 *
 * <p>While the channel keeps up, nothing is put into it, and the sender has nothing to do for it.
 * When it has no room for another value, or has fallen a whole log behind, the sender lets it take
 * what it has not read out of the log. A value for which there is no room is offered to the channel
 * like any other, and passed over in the log; so what is dropped, and who waits, is decided as it
 * is with every channel.
 *
 * <p>While a receiver waits, what is in the log is hidden from others: the sender hands it to the
 * one who has waited longest.
 *
 * @param <T> the type of the values
 */
public final class LogRing<T> extends Ring {
  /** The place of one who does not read: not yet, or not any more. */
  private static final long NOWHERE = Long.MAX_VALUE;

  private final Log log;
  private final Channel<T> channel;

  /** The number of the first value in the log that has not been read. */
  private long cursor = NOWHERE;

  /** Whether a receiver waits, or waited last. Written under the channel's lock. */
  private volatile boolean waiting;

  /** The number of the first value that must not be appended without asking. The sender's. */
  private long due;

  /**
   * Creates a channel, and the ring with which it reads a log. It begins to read when the sender
   * asks it for the first time.
   *
   * @param log the log
   * @param capacity how many values may wait in the channel, those in the log included
   * @param overflow what happens when so many wait
   */
  public LogRing(Log log, int capacity, Overflow overflow) {
    this.log = log;
    this.channel = new Channel<>(capacity, overflow, this);
  }

  /**
   * The channel that reads the log.
   *
   * @return the channel
   */
  public Chan<T> channel() {
    return channel;
  }

  /**
   * The number of the first value before which this must be asked. Only for the sender.
   *
   * @return the number
   */
  public long due() {
    return due;
  }

  /**
   * Asks whether the channel will find the next value in the log. Only for the sender. A tool that
   * watches operations is to see every value go into the channel; so none is found in the log then.
   *
   * @return false if the value is to be sent to the channel itself
   */
  public boolean follows() {
    channel.lock();
    try {
      long next = log.end();
      due = next; // to be asked again, even if this value never comes
      if (channel.ended() != null) {
        return false;
      }
      begin(next);
      long room = channel.capacity() - super.size() - (next - cursor);
      if (room <= 0 || Hooks.OP != null) {
        takeAll();
        cursor = next + 1;
        return false;
      }
      if (next - cursor >= Log.LENGTH) {
        takeAll();
      }
      due = Math.min(next + room, cursor + Log.LENGTH);
      return true;
    } finally {
      channel.unlock();
    }
  }

  /** Reads from the next value on, if this has not begun or passed over one that never came. */
  private void begin(long next) {
    if (cursor == NOWHERE) {
      if (waiting) {
        log.await();
      } else {
        log.enter();
      }
    }
    cursor = Math.min(cursor, next);
  }

  /** Takes what has not been read out of the log. */
  private void takeAll() {
    for (long left = log.end() - cursor; left > 0; left--) {
      add(log.get(cursor));
      cursor++;
    }
  }

  /** Hands what has been appended to receivers that wait. Only for the sender. */
  public void serve() {
    if (waiting) {
      channel.serve(this);
    }
  }

  /** Lets everybody see what is in the log. */
  void show() {
    if (waiting) {
      waiting = false;
      if (cursor != NOWHERE) {
        log.enter();
      }
    }
  }

  @Override
  boolean awaited() {
    if (waiting) {
      return false;
    }
    waiting = true;
    log.await();
    if (log.end() > cursor) {
      waiting = false;
      return true;
    }
    if (cursor != NOWHERE) {
      log.leave();
    }
    return false;
  }

  /** What is hidden belongs to a send that has not returned, and is lost with the channel. */
  @Override
  void ending() {
    if (cursor == NOWHERE) {
      return;
    }
    if (!waiting) {
      takeAll();
      log.leave();
    }
    cursor = NOWHERE;
  }

  private boolean readable() {
    return !waiting && log.end() > cursor;
  }

  @Override
  int size() {
    return super.size() + (readable() ? (int) (log.end() - cursor) : 0);
  }

  @Override
  @Nullable Object first() {
    Object own = super.first();
    return own == null && readable() ? log.get(cursor) : own;
  }

  @Override
  @Nullable Object take() {
    Object own = super.take();
    return own == null && readable() ? log.get(cursor++) : own;
  }
}
