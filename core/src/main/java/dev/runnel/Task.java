package dev.runnel;

/**
 * The body of a goroutine: code that returns nothing and may throw anything.
 *
 * <p>Origin in Go: the function of a {@code go} statement.
 */
@FunctionalInterface
public interface Task {

  /**
   * Does the work.
   *
   * @throws Exception if the work fails; what becomes of it is said where the task is handed over
   */
  void run() throws Exception;
}
