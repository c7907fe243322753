package dev.runnel;

import org.jspecify.annotations.Nullable;

/**
 * Thrown for what a closed channel can't do: a send, a second close, or a receive that must have a
 * value.
 *
 * <p>Origin in Go: the panics "send on closed channel" and "close of closed channel".
 */
public class ChannelClosedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /** How many values a batch had sent before the channel closed. */
  private final int sent;

  /**
   * Creates the exception.
   *
   * @param message what was tried
   */
  public ChannelClosedException(String message) {
    this(message, null, 0);
  }

  /**
   * Creates the exception with the failure that ended the channel, and a count.
   *
   * @param message what was tried
   * @param cause what the channel was failed with; null if it was closed
   * @param sent how many values had gone before the channel ended
   */
  public ChannelClosedException(String message, @Nullable Throwable cause, int sent) {
    super(message, cause);
    this.sent = sent;
  }

  /**
   * How many values {@link SendChan#sendAll} had sent when it found the channel closed.
   *
   * @return the number of values that went; 0 for every other operation
   */
  public int sent() {
    return sent;
  }
}
