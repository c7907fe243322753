package dev.runnel.internal.pipeline;

import dev.runnel.Context;

/**
 * Lets a loop that may never block notice that it is to stop. Each source asks once for each value:
 * so a run stops soon even if no stage of it blocks, and even if a function took the interrupt.
 */
final class Pace {
  private final Thread thread = Thread.currentThread();
  private final Context ctx = Context.current();

  private Pace() {}

  /** Of the current thread under its current context. */
  static Pace current() {
    return new Pace();
  }

  /** Throws if the thread is interrupted or the context has ended. */
  void check() throws InterruptedException {
    if (thread.isInterrupted()) {
      Thread.interrupted(); // taken, since it is passed on
      throw new InterruptedException();
    }
    ctx.check();
  }
}
