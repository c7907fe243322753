package dev.runnel.internal.pipeline;

/**
 * Where a stage's values go: the next stage, on the same thread.
 *
 * @param <T> the type of the values
 */
@FunctionalInterface
public interface Outlet<T> {

  /**
   * Takes a value.
   *
   * @param value the value, never null
   * @return whether it wants more; after false, it must not be called again
   * @throws Exception if a stage downstream fails, or comes to know that it is to stop
   */
  boolean put(T value) throws Exception;
}
