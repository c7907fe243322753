package dev.runnel;

/**
 * What to do with a received value.
 *
 * @param <T> the type of the value
 */
@FunctionalInterface
public interface Handler<T> {

  /**
   * Handles one value, on the goroutine that received it.
   *
   * @param value the value, never null
   * @throws InterruptedException if handling was interrupted; the receiving call passes it on
   */
  void handle(T value) throws InterruptedException;
}
