package dev.runnel.pattern;

import dev.runnel.SendChan;

/**
 * Code that sends values: see {@link Generators#produce}.
 *
 * @param <T> the type of the values
 */
@FunctionalInterface
public interface Producer<T> {

  /**
   * Sends the values. The channel ends when this returns; it fails if this throws.
   *
   * @param out where to send them
   * @throws Exception if there is a failure that whoever receives must know of
   */
  void produce(SendChan<T> out) throws Exception;
}
