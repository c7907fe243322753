package dev.runnel.pipeline;

/**
 * A question that a pipeline's stage asks of a value, and that may fail or block.
 *
 * @param <T> the type of the value
 */
@FunctionalInterface
public interface Condition<T> {

  /**
   * Answers it. When the pipeline's context ends, the thread is interrupted.
   *
   * @param value the value, never null
   * @return whether it holds
   * @throws Exception if it fails, and with it the pipeline
   */
  boolean test(T value) throws Exception;
}
