package dev.runnel;

import dev.runnel.internal.goroutine.Outsider;

/**
 * A token that says: something outside the goroutines of {@link Go#run} may still wake them, so
 * that they are not deadlocked when all are asleep. Close it when that is over.
 */
public sealed interface Outside extends AutoCloseable permits Outsider {

  /** Takes the word back. Closing again does nothing. */
  @Override
  void close();
}
