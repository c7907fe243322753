package dev.runnel.interop;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.Go;
import dev.runnel.Outside;
import dev.runnel.ReceiveChan;
import dev.runnel.Stop;
import dev.runnel.Task;
import dev.runnel.internal.goroutine.Captured;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Work for a foreign executor, whose result goes to a channel. Nobody waits for it as a future: it
 * is one because executors know how to cancel that.
 *
 * @param <T> the type of the result
 */
final class Submitted<T> extends FutureTask<@Nullable T> {
  private final Chan<T> result = Chan.buffered(1);
  private final Outside outside = Go.outside();
  private volatile @Nullable Stop stop;

  private Submitted(Callable<? extends @Nullable T> work) {
    super(work::call);
  }

  static <T> ReceiveChan<T> to(
      Executor executor, Callable<? extends @Nullable T> work, Context ctx) {
    Submitted<T> submitted = new Submitted<>(new Carried<>(work, ctx));
    submitted.stop = ctx.afterDone(() -> submitted.cancelFor(ctx.err()));
    boolean taken = false;
    try {
      executor.execute(submitted);
      taken = true;
    } finally {
      if (!taken || submitted.isDone()) { // the context may have ended before there was a stop
        submitted.unlink();
      }
      if (!taken) {
        submitted.outside.close();
      }
    }
    return submitted.result;
  }

  private void unlink() {
    Stop its = stop;
    if (its != null) {
      its.stop();
    }
  }

  private void cancelFor(@Nullable ContextException ended) {
    if (ended != null) {
      result.fail(ended); // first: what the cancellation brings about is only its echo
    }
    cancel(true);
  }

  /** Called once, whether it was run, failed or was cancelled. */
  @Override
  protected void done() {
    unlink();
    try {
      T value = resultNow();
      if (value != null) {
        result.trySend(value);
      }
      result.close();
    } catch (IllegalStateException notCompleted) {
      result.fail(
          isCancelled() ? new CancellationException("the work was cancelled") : exceptionNow());
    }
    outside.close(); // last: who waits is awake
  }

  /** The work, with what was captured where it was submitted. */
  private static final class Carried<T> implements Callable<@Nullable T> {
    private final Task task;
    private @Nullable T made;

    Carried(Callable<? extends @Nullable T> work, Context ctx) {
      task =
          Captured.here(() -> {
            ctx.check(); // the context may have ended, and the cancellation be still on its way
            made = work.call();
          });
    }

    @Override
    public @Nullable T call() throws Exception {
      task.run();
      return made;
    }
  }
}
