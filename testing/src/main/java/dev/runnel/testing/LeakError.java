package dev.runnel.testing;

/** Goroutines are left that should have ended. The message names them and says where they are. */
public class LeakError extends AssertionError {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the error.
   *
   * @param message who is left, and where
   */
  public LeakError(String message) {
    super(message);
  }
}
