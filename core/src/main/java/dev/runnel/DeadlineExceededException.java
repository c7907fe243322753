package dev.runnel;

import org.jspecify.annotations.Nullable;

/**
 * The deadline of a context passed.
 *
 * <p>Origin in Go: {@code context.DeadlineExceeded}.
 */
public final class DeadlineExceededException extends ContextException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param cause the cause given with the timeout, or null if none was given
   */
  public DeadlineExceededException(@Nullable Throwable cause) {
    super("context deadline exceeded", cause);
  }
}
