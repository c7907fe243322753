package dev.runnel;

import org.jspecify.annotations.Nullable;

/**
 * Makes the result of a {@code select} when a case without a value wins.
 *
 * @param <R> the type of the result, which may be nullable
 */
@FunctionalInterface
public interface Supply<R extends @Nullable Object> {

  /**
   * Makes the result, on the goroutine that called {@code select}.
   *
   * @return the result
   * @throws InterruptedException if the call was interrupted; {@code select} passes it on
   */
  R get() throws InterruptedException;
}
