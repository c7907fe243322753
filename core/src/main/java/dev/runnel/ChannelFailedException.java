package dev.runnel;

/**
 * A receiver's view of a channel that its sender ended with {@link SendChan#fail}: thrown once the
 * buffered values have been received, with the sender's failure as the cause.
 *
 * <p>Go has no such thing; there, a sender that fails can only close, and the receiver takes a
 * truncated stream for a whole one.
 */
public class ChannelFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param cause what the channel was failed with
   */
  public ChannelFailedException(Throwable cause) {
    super("channel failed: " + cause, cause);
  }
}
