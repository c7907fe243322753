package dev.runnel;

import org.jspecify.annotations.Nullable;

/**
 * Makes the result of a {@code select} out of a received value.
 *
 * @param <T> the type of the value
 * @param <R> the type of the result, which may be nullable
 */
@FunctionalInterface
public interface Mapper<T, R extends @Nullable Object> {

  /**
   * Maps one value, on the goroutine that received it.
   *
   * @param value the value, never null (but for the end of a context, see {@link Context#onDone()})
   * @return the result
   * @throws InterruptedException if mapping was interrupted; {@code select} passes it on
   */
  R map(T value) throws InterruptedException;
}
