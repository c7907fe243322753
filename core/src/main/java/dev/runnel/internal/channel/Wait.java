package dev.runnel.internal.channel;

import dev.runnel.internal.context.ContextNode;
import dev.runnel.internal.park.Node;
import dev.runnel.internal.park.Parker;
import dev.runnel.internal.park.Waiter;
import org.jspecify.annotations.Nullable;

/** A wait that a context and a deadline can cut short. */
public final class Wait {

  private Wait() {}

  /**
   * Waits until the wait is decided.
   *
   * @param waiter the current thread's wait
   * @param ctx a context whose end decides it too, or null
   * @param nanos how long to wait at most; {@link Parker#FOREVER} for no bound
   * @return the outcome
   */
  public static Object await(Waiter waiter, @Nullable ContextNode ctx, long nanos) {
    Channel<Void> done = ctx == null ? null : ctx.doneChannel();
    if (done == null) {
      return Parker.await(waiter, nanos);
    }
    Node watch = done.watchEnd(waiter);
    Object outcome = null;
    try {
      outcome = Parker.await(waiter, nanos);
    } finally {
      if (outcome != watch) {
        done.forget(watch);
      }
    }
    return outcome;
  }

  /**
   * Throws what an outcome means that did not bring what was waited for; returns if it means that
   * time ran out.
   *
   * @param outcome the outcome
   * @param ctx the context that was watched, or null
   */
  public static void throwIfCutShort(Object outcome, @Nullable ContextNode ctx)
      throws InterruptedException {
    if (outcome == Waiter.INTERRUPTED) {
      throw new InterruptedException();
    }
    if (outcome != Waiter.TIMED_OUT && ctx != null) {
      ctx.check();
    }
  }

  /** Waits for nothing but an interrupt, the end of a context, or time. */
  static boolean idle(Waiter waiter, @Nullable ContextNode ctx, long nanos)
      throws InterruptedException {
    if (ctx != null) {
      ctx.check();
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (nanos > 0) {
      throwIfCutShort(await(waiter, ctx, nanos), ctx);
    }
    return false;
  }
}
