package dev.runnel.pattern;

import dev.runnel.CancelContext;
import dev.runnel.Chan;
import dev.runnel.ChannelClosedException;
import org.jspecify.annotations.Nullable;

/**
 * One of the channels that a fan-out sends to. Closing it takes it out: nothing is sent to it any
 * more, and who waits to send to it goes on.
 *
 * @param <T> the type of the values
 */
final class Way<T> extends Feed<T> {
  private final Chan<T> out;

  /** Set before looking at {@code work}, which is set before looking at this. */
  private volatile boolean closed;

  /** What is done for this way alone runs under it. */
  private volatile @Nullable CancelContext work;

  private Way(Chan<T> out) {
    super(out);
    this.out = out;
  }

  static <T> Way<T> of(int buffer) {
    return new Way<>(Chan.buffered(buffer));
  }

  Chan<T> out() {
    return out;
  }

  /** Tells under which context work is done for this way alone: it ends with the way. */
  void workUnder(CancelContext context) {
    work = context;
    if (closed) {
      context.cancel();
    }
  }

  /** Sends a value; false if this way has been closed. */
  boolean give(T value) throws InterruptedException {
    try {
      if (!closed) {
        out.send(value);
        return true;
      }
      return false;
    } catch (ChannelClosedException e) {
      return false;
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** Ends it, unless it has ended: nothing more comes. */
  void end(@Nullable Throwable failure) {
    Production.end(out, failure);
  }

  @Override
  public void close() {
    closed = true;
    CancelContext running = work;
    if (running != null) {
      running.cancel();
    }
    end(null);
  }
}
