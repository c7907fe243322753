package dev.runnel;

/**
 * Takes back something that was to happen later.
 *
 * <p>Origin in Go: the {@code stop} function that {@code context.AfterFunc} returns.
 */
@FunctionalInterface
public interface Stop {

  /**
   * Prevents what was to happen. Does not wait for it if it has begun.
   *
   * @return true if this call prevented it; false if it has begun, or was stopped before
   */
  boolean stop();
}
