package dev.runnel.pipeline;

/**
 * A function of a pipeline's stage that makes any number of things of one, and may fail or block.
 *
 * @param <T> the type of what it is given
 * @param <R> the type of what it makes
 */
@FunctionalInterface
public interface Expansion<T, R> {

  /**
   * Makes them. When the pipeline's context ends, the thread is interrupted.
   *
   * @param value what it is given, never null
   * @param out where it puts what it makes, to be used only until it returns
   * @throws Exception if it fails, and with it the pipeline
   */
  void expand(T value, Emitter<R> out) throws Exception;
}
