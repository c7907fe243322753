package dev.runnel.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * A function of a pipeline's stage that makes one thing of another, and may fail or block.
 *
 * @param <T> the type of what it is given
 * @param <R> the type of what it makes
 */
@FunctionalInterface
public interface Transform<T, R extends @Nullable Object> {

  /**
   * Makes it. When the pipeline's context ends, the thread is interrupted.
   *
   * @param value what it is given, never null
   * @return what it makes of it
   * @throws Exception if it fails, and with it the pipeline
   */
  R apply(T value) throws Exception;
}
