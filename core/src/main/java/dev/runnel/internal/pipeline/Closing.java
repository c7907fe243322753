package dev.runnel.internal.pipeline;

import dev.runnel.Task;

/**
 * Closes what a stage has opened, and gives a failure of that the stage's name.
 *
 * @param <C> the type of what was opened
 */
final class Closing<C extends AutoCloseable> {
  private final C opened;
  private final Label label;

  Closing(C opened, Label label) {
    this.opened = opened;
    this.label = label;
  }

  /** Does something, and then closes, however that ended. */
  void around(Task body) throws Exception {
    try {
      body.run();
    } catch (Throwable t) {
      try {
        opened.close();
      } catch (Throwable later) {
        t.addSuppressed(later);
      }
      throw t;
    }
    label.run(opened::close);
  }
}
