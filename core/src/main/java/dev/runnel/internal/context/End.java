package dev.runnel.internal.context;

import dev.runnel.CanceledException;
import dev.runnel.ContextException;
import dev.runnel.DeadlineExceededException;
import org.jspecify.annotations.Nullable;

/**
 * How a context ended.
 *
 * @param late whether its deadline passed, rather than somebody canceling it
 * @param cause the reason that was given, or null
 */
record End(boolean late, @Nullable Throwable cause) {
  static final End CANCELED = new End(false, null);
  static final End LATE = new End(true, null);

  static End canceled(@Nullable Throwable cause) {
    return cause == null ? CANCELED : new End(false, cause);
  }

  /** A fresh exception, so that its stack is that of whoever asks. */
  ContextException exception() {
    return late ? new DeadlineExceededException(cause) : new CanceledException(cause);
  }
}
