package dev.runnel;

import dev.runnel.internal.context.CancelNode;
import org.jspecify.annotations.Nullable;

/**
 * A context that can be canceled. Use it in a {@code try} statement, so that it is.
 *
 * <p>Origin in Go: a context together with its {@code CancelFunc} or {@code CancelCauseFunc}.
 */
public sealed interface CancelContext extends Context, AutoCloseable permits CancelNode {

  /** Ends this context and all below it. Does nothing if it has ended. */
  void cancel();

  /**
   * Ends this context and all below it, for a reason. Does nothing if it has ended.
   *
   * @param cause what {@link #cause} says from now on; null is the same as {@link #cancel()}
   */
  void cancel(@Nullable Throwable cause);

  /** The same as {@link #cancel()}. */
  @Override
  void close();
}
