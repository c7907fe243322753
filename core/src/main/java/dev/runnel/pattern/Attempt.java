package dev.runnel.pattern;

import dev.runnel.Context;
import org.jspecify.annotations.Nullable;

/**
 * Work that is given a context to do it under: see {@link Timeouts}.
 *
 * @param <T> the type of the result, which may be nullable
 * @param <X> what it throws
 */
@FunctionalInterface
public interface Attempt<T extends @Nullable Object, X extends Exception> {

  /**
   * Does the work. When the context ends, its thread is interrupted.
   *
   * @param ctx the context it runs under, to pass on
   * @return the result
   * @throws X if the work fails
   */
  T run(Context ctx) throws X;
}
