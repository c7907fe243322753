package dev.runnel;

/** What a {@code select} does when a case without a value wins. */
@FunctionalInterface
public interface Step {

  /**
   * Does what follows the choice, on the goroutine that called {@code select}.
   *
   * @throws InterruptedException if the step was interrupted; {@code select} passes it on
   */
  void run() throws InterruptedException;
}
