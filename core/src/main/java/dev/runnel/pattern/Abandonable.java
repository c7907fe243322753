package dev.runnel.pattern;

import dev.runnel.CancelContext;
import dev.runnel.Chan;
import dev.runnel.ContextException;
import dev.runnel.Go;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Work in a goroutine, whose result goes to the one who waits for it, or, if that one has gone, to
 * a callback. Which of the two is decided once: by whoever is first, the work with its end or the
 * waiter with leaving.
 *
 * @param <T> the type of the result
 */
final class Abandonable<T extends @Nullable Object> {
  private final CancelContext context;
  private final AtomicBoolean decided = new AtomicBoolean();
  private final CompletableFuture<T> result = new CompletableFuture<>();

  /** Closed when the work has ended in time. */
  private final Chan<Void> done = Chan.unbuffered();

  private Abandonable(CancelContext context) {
    this.context = context;
  }

  /** Starts work under a context of its own, which is closed with it. */
  static <T extends @Nullable Object> Abandonable<T> start(
      CancelContext context, Attempt<T, ?> work, Consumer<? super Future<T>> late) {
    boolean started = false;
    try {
      context.check();
      Abandonable<T> abandonable = new Abandonable<>(context);
      Go.go(context, () -> abandonable.run(work, late));
      started = true;
      return abandonable;
    } finally {
      if (!started) {
        context.close();
      }
    }
  }

  private void run(Attempt<T, ?> work, Consumer<? super Future<T>> late) {
    boolean cutShort = false;
    try {
      result.complete(work.run(context));
    } catch (Throwable t) {
      result.completeExceptionally(t);
      cutShort = Failures.endBehind(t, context) != null;
    }
    // Before the context ends for good. If its end cut the work short, the waiter is to say so.
    boolean inTime = !cutShort && decided.compareAndSet(false, true);
    context.close();
    if (inTime) {
      done.close();
    } else {
      late.accept(result);
    }
  }

  /** Waits for the result; leaves the work behind if interrupted or when its context ends. */
  T get() throws InterruptedException, ExecutionException {
    try {
      done.receive(context);
    } catch (InterruptedException | ContextException e) {
      if (decided.compareAndSet(false, true)) {
        context.cancel();
        throw e;
      }
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt(); // it came too late: the result is there
      }
    }
    return resultNow();
  }

  private T resultNow() throws ExecutionException {
    if (result.isCompletedExceptionally()) {
      throw new ExecutionException(result.exceptionNow());
    }
    return result.resultNow();
  }
}
