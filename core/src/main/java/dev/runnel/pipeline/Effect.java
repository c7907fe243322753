package dev.runnel.pipeline;

/**
 * What a pipeline's stage does with a value; it may fail or block.
 *
 * @param <T> the type of the value
 */
@FunctionalInterface
public interface Effect<T> {

  /**
   * Does it. When the pipeline's context ends, the thread is interrupted.
   *
   * @param value the value, never null
   * @throws Exception if it fails, and with it the pipeline
   */
  void accept(T value) throws Exception;
}
