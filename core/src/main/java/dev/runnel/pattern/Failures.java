package dev.runnel.pattern;

import dev.runnel.ChannelFailedException;
import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.internal.context.ContextNode;
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

  /**
   * What is behind an exception, for those under a context: its end, if the exception only comes of
   * that.
   */
  static Throwable reason(Throwable thrown, Context ctx) {
    Throwable reason = reason(thrown);
    ContextException end = endBehind(reason, ctx);
    return end == null ? reason : end;
  }

  /** How a context ended, if an exception only comes of that; null if not. */
  static @Nullable ContextException endBehind(Throwable reason, Context ctx) {
    if (Echo.ofEndedContext(reason)) {
      try {
        ((ContextNode) ctx).checkEnding();
      } catch (ContextException ended) {
        return ended;
      }
    }
    return null;
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
