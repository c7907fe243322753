package dev.runnel;

/**
 * Every goroutine of a closed world is asleep and nothing can wake one.
 *
 * <p>Origin in Go: "fatal error: all goroutines are asleep - deadlock!".
 */
public class DeadlockException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what is deadlocked: every goroutine, what it waits for, and where
   */
  public DeadlockException(String message) {
    super(message);
  }
}
