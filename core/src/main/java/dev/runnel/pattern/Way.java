package dev.runnel.pattern;

import dev.runnel.CancelContext;
import dev.runnel.Chan;
import dev.runnel.ChannelClosedException;
import dev.runnel.Context;
import org.jspecify.annotations.Nullable;

/**
 * One of the channels that a fan-out sends to. Closing it takes it out: nothing is sent to it any
 * more, and who waits to send to it goes on.
 *
 * @param <T> the type of the values
 */
final class Way<T> extends Feed<T> {
  private final Chan<T> out;

  /** What is done for this way alone runs under it. */
  private final CancelContext context;

  private Way(Chan<T> out, Context ctx) {
    super(out);
    this.out = out;
    this.context = ctx.withCancel();
  }

  static <T> Way<T> of(int buffer, Context ctx) {
    return new Way<>(Chan.buffered(buffer), ctx);
  }

  Context context() {
    return context;
  }

  Chan<T> out() {
    return out;
  }

  /** Sends a value; false if this way has been closed. */
  boolean give(T value) throws InterruptedException {
    if (isClosed()) {
      return false;
    }
    try {
      out.send(value);
      return true;
    } catch (ChannelClosedException e) {
      return false;
    }
  }

  boolean isClosed() {
    return context.err() != null;
  }

  /** Ends it, unless it has ended: nothing more comes. */
  void end(@Nullable Throwable failure) {
    context.close();
    Production.end(out, failure);
  }

  @Override
  public void close() {
    end(null);
  }
}
