package dev.runnel.internal.channel;

import dev.runnel.ChannelFailedException;
import dev.runnel.ReceiveResult;
import org.jspecify.annotations.Nullable;

/**
 * How a channel ended: closed, or failed with a cause. Also what a waiter finds in place of a value
 * when the channel ends under it.
 *
 * @param cause the failure; null if closed
 */
public record Ending(@Nullable Throwable cause) {
  /** A clean end. */
  public static final Ending CLOSED = new Ending(null);

  /** Lets a closed channel pass, and throws for a failed one. */
  public void throwIfFailed() {
    if (cause != null) {
      throw new ChannelFailedException(cause);
    }
  }

  <T> ReceiveResult<T> asResult() {
    return new ReceiveResult.Closed<>(cause);
  }
}
