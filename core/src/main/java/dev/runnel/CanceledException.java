package dev.runnel;

import org.jspecify.annotations.Nullable;

/**
 * A context was canceled.
 *
 * <p>Origin in Go: {@code context.Canceled}.
 */
public final class CanceledException extends ContextException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param cause the cause the context was canceled with, or null if none was given
   */
  public CanceledException(@Nullable Throwable cause) {
    super("context canceled", cause);
  }
}
