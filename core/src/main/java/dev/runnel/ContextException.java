package dev.runnel;

import org.jspecify.annotations.Nullable;

/**
 * Says that a {@link Context} has ended, and how: {@link CanceledException} or {@link
 * DeadlineExceededException}. Fresh for each throw, so that its stack is the reader's own; only the
 * {@linkplain #getCause() cause} is shared.
 *
 * <p>Origin in Go: the values of {@code ctx.Err()}.
 */
public abstract sealed class ContextException extends RuntimeException
    permits CanceledException, DeadlineExceededException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message how the context ended
   * @param cause the cause it was ended with, or null if none was given
   */
  ContextException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
