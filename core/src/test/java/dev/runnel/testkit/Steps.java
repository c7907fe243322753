package dev.runnel.testkit;

import dev.runnel.CancelContext;
import dev.runnel.Context;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Cancels a context at each step of a program in turn: the program is run again and again, with its
 * context canceled at its first step, its second, and so on, until a run ends before that.
 */
public final class Steps {
  private final CancelContext ctx;
  private final int last;
  private final AtomicInteger taken = new AtomicInteger();

  /** A program that says when it takes a step. */
  public interface Program {
    void run(Context ctx, Steps steps) throws Exception;
  }

  private Steps(CancelContext ctx, int last) {
    this.ctx = ctx;
    this.last = last;
  }

  /** Runs a program with its context canceled at every step of it; then once without. */
  public static void cancelAtEach(Program program) throws Exception {
    boolean canceled = true;
    for (int last = 0; canceled; last++) {
      try (CancelContext ctx = Context.background().withCancel()) {
        Steps steps = new Steps(ctx, last);
        if (last == 0) {
          ctx.cancel();
        }
        program.run(ctx, steps);
        canceled = ctx.err() != null;
      }
      Goroutines.awaitNoOthers();
    }
  }

  /** A step of the program, on any of its goroutines. */
  public void step() {
    if (taken.incrementAndGet() == last) {
      ctx.cancel();
    }
  }
}
