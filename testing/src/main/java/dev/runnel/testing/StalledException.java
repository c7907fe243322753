package dev.runnel.testing;

/**
 * The time of a bubble stands still, because a goroutine of it is neither done nor waiting for
 * something in the bubble: it computes, or waits for input, a foreign lock, or something that was
 * made outside. The message names it, with its stack.
 */
public class StalledException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message who keeps the time from moving, and where
   */
  public StalledException(String message) {
    super(message);
  }
}
