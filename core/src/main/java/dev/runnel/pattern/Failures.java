package dev.runnel.pattern;

import dev.runnel.ChannelFailedException;
import dev.runnel.Context;
import dev.runnel.internal.goroutine.Echo;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What went wrong, told from how it was told. */
final class Failures {

  private Failures() {}

  /**
   * What is behind an exception that only passes a failure on: what a group, a future or a channel
   * failed with. Failures that came later are suppressed on it.
   */
  static Throwable reason(Throwable thrown) {
    Throwable cause = thrown.getCause();
    if (cause == null) {
      return thrown;
    }
    if (thrown instanceof ExecutionException) {
      for (Throwable later : thrown.getSuppressed()) {
        suppress(cause, later);
      }
      return reason(cause);
    }
    return thrown instanceof ChannelFailedException ? cause : thrown;
  }

  /** Adds a failure to another that is to be thrown, unless that is the same. */
  static void suppress(Throwable thrown, @Nullable Throwable other) {
    if (other != null && other != thrown) {
      thrown.addSuppressed(other);
    }
  }

  /** Whether code threw something because it was told to stop: by an interrupt, or its context. */
  static boolean toldToStop(Throwable thrown) {
    return Echo.ofInterrupt(thrown) || Context.current().err() != null;
  }
}
