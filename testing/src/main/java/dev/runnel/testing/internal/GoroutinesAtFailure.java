package dev.runnel.testing.internal;

import dev.runnel.observe.GoroutineDump;

/** What the goroutines of a bubble did when one of them failed: comes with the failure. */
final class GoroutinesAtFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  GoroutinesAtFailure(GoroutineDump dump) {
    super("when it failed, the goroutines of the bubble were here:\n\n" + dump, null, false, false);
  }
}
