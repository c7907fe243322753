package dev.runnel.pattern;

import dev.runnel.CancelContext;
import dev.runnel.Chan;
import dev.runnel.ChannelClosedException;
import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.ContextKey;
import dev.runnel.ErrGroup;
import dev.runnel.Go;
import dev.runnel.Goroutine;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The goroutines behind a feed: started together, ended together, and told of once.
 *
 * <p>One goroutine, the runner, holds an {@link ErrGroup} with all the others in it. When they have
 * all ended, and not before, it tells how that came, which ends the channel they sent to. So
 * whoever has seen that end knows that nothing runs any more but the runner's last instructions;
 * and who has stopped the production has waited for those too.
 *
 * <p>Stopping cancels a context between the caller's and the group's, and interrupts the runner, so
 * that it no longer waits for the group but closes it, which logs for whom that waits.
 */
final class Production {

  /** Starts goroutines in a group, without waiting for them. */
  interface Start {
    void in(ErrGroup group) throws Exception;
  }

  /** Is told, once, that everything has ended, and of the failure if there was one. */
  interface End {
    void of(@Nullable Throwable failure);
  }

  private final CancelContext context;

  /** Set in the context of this production's goroutines, and in no other. */
  private final ContextKey<Boolean> inside = ContextKey.of("inside a production");

  private final Goroutine runner;

  private Production(Context ctx, Start start, End end) {
    context = ctx.withCancel();
    boolean started = false;
    try {
      runner = Go.go(() -> run(start, end));
      started = true;
    } finally {
      if (!started) {
        context.close();
      }
    }
  }

  /**
   * Starts one.
   *
   * @param ctx the context above
   * @param start starts the goroutines; called on another goroutine
   * @param end is told when all have ended
   */
  static Production start(Context ctx, Start start, End end) {
    return new Production(ctx, start, end);
  }

  /** Starts one that sends to a channel, which ends as the production does. */
  static Production sendingTo(Chan<?> out, Context ctx, Start start) {
    return start(ctx, start, failure -> end(out, failure));
  }

  /** Closes a channel, or fails it; does nothing if it has ended. */
  static void end(Chan<?> out, @Nullable Throwable failure) {
    if (failure != null) {
      out.fail(failure);
      return;
    }
    try {
      out.close();
    } catch (ChannelClosedException ended) {
      // Somebody else has ended it: that end stands.
    }
  }

  /**
   * Runs goroutines and waits for them, on this thread.
   *
   * @throws ExecutionException if one failed
   * @throws ContextException if none failed but the context has ended
   * @throws InterruptedException if the thread is interrupted; all have been stopped
   */
  static void runHere(Context ctx, Start start) throws InterruptedException, ExecutionException {
    try (ErrGroup group = ErrGroup.open(ctx)) {
      try {
        start.in(group);
      } catch (ContextException ended) {
        // The context ended before all were started: await tells why.
      } catch (InterruptedException e) {
        group.cancel();
        throw e;
      } catch (Exception e) {
        group.cancel();
        throw new ExecutionException(e);
      }
      group.await();
    }
  }

  private void run(Start start, End end) {
    Throwable failure = produce(start);
    context.close(); // before the end is seen: nothing is left in the tree then
    end.of(failure);
  }

  private @Nullable Throwable produce(Start start) {
    try {
      runHere(context.withValue(inside, true), start);
      return null;
    } catch (Throwable t) {
      return Failures.reason(t, context);
    }
  }

  /** Whether it has ended by itself or was stopped. */
  boolean isOver() {
    return runner.isDone();
  }

  /** Waits until it has ended; false if time ran out. */
  boolean await(Duration atMost) throws InterruptedException {
    return runner.join(atMost);
  }

  /** Tells it to stop, without waiting. */
  void cancel() {
    context.cancel();
    runner.interrupt();
  }

  /** Stops it, and waits until nothing of it runs any more, whatever interrupts come. */
  void stop() {
    if (Context.current().value(inside) != null) {
      throw new IllegalStateException(
          "a goroutine can't close the feed that it works for: it would wait for itself");
    }
    if (runner.isDone()) {
      return;
    }
    cancel();
    boolean interrupted = false;
    for (boolean ended = false; !ended; ) {
      try {
        runner.join();
        ended = true;
      } catch (InterruptedException e) {
        interrupted = true; // remembered, and put back below: nothing may be left running
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
