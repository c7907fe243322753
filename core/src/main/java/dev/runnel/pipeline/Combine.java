package dev.runnel.pipeline;

/**
 * A function of a pipeline's stage that makes one thing of two, and may fail or block.
 *
 * @param <A> the type of the first: what has been gathered, where one of the two is that
 * @param <B> the type of the second
 * @param <R> the type of what it makes
 */
@FunctionalInterface
public interface Combine<A, B, R> {

  /**
   * Makes it. When the pipeline's context ends, the thread is interrupted.
   *
   * @param first the first, never null
   * @param second the second, never null
   * @return what it makes of them
   * @throws Exception if it fails, and with it the pipeline
   */
  R apply(A first, B second) throws Exception;
}
