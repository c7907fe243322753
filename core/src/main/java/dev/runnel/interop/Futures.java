package dev.runnel.interop;

import dev.runnel.Chan;
import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.Go;
import dev.runnel.ReceiveChan;
import dev.runnel.Stop;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Futures as channels, and goroutines as {@link CompletableFuture}s.
 *
 * {@snippet class="dev.runnel.snippets.InteropSnippetsTest" region="futures"}
 *
 * <p>A future's result may be null, a channel's value is not: of a future that has null for its
 * result, the channel only closes.
 *
 * <p>What completed a future <i>happens-before</i> what follows the receipt of its result.
 */
public final class Futures {

  private Futures() {}

  /**
   * The result of a future as a channel, for a select. It brings the result, and then is closed; or
   * fails with what the future failed with, a {@link CancellationException} if that was cancelled.
   * There is no goroutine behind it, and leaving it does nothing to the future. To select again and
   * again, keep the channel: the future remembers each until it completes.
   *
   * @param stage the future
   * @param <T> the type of the result
   * @return a channel of its own for one result
   * @throws NullPointerException if the future is null
   */
  public static <T> ReceiveChan<T> channel(CompletionStage<? extends @Nullable T> stage) {
    FutureSource<T> source = new FutureSource<>();
    Objects.requireNonNull(stage, "stage").whenComplete(source::complete);
    return ReceiveChan.from(source);
  }

  /**
   * The result of a future of whatever kind as a channel, as with {@link
   * #channel(CompletionStage)}. A future that can't tell of its completion has a goroutine that
   * waits for it, to its end or that of the context.
   *
   * @param future the future
   * @param ctx the context; its end fails the channel with its exception, and leaves the future
   *     alone
   * @param <T> the type of the result
   * @return a channel of its own for one result
   * @throws NullPointerException if an argument is null
   */
  public static <T> ReceiveChan<T> channel(Future<? extends @Nullable T> future, Context ctx) {
    Objects.requireNonNull(future, "future");
    Chan<T> result = Chan.buffered(1);
    var _ =
        Go.go(() -> {
          try {
            T value = ctx.call(() -> future.get());
            if (value != null) {
              result.send(value);
            }
            result.close();
          } catch (ExecutionException e) {
            result.fail(e.getCause() == null ? e : e.getCause());
          } catch (Exception e) { // the context's end, or that the future was cancelled
            result.fail(e);
          }
        });
    return result;
  }

  /**
   * Waits for a future: cut short by a context, and seen by Runnel's tools, where {@code get} and
   * {@code join} are neither. Giving up leaves the future alone.
   *
   * @param stage the future
   * @param ctx the context to watch
   * @param <T> the type of the result
   * @return its result
   * @throws CancellationException if the future was cancelled
   * @throws ExecutionException if it failed; the cause is what it failed with
   * @throws ContextException if the context has ended, or ends while this waits
   * @throws InterruptedException if the thread is interrupted on entry or while waiting
   * @throws NullPointerException if an argument is null
   */
  public static <T extends @Nullable Object> T await(CompletionStage<T> stage, Context ctx)
      throws InterruptedException, ExecutionException {
    CompletableFuture<T> future = stage.toCompletableFuture();
    FutureSource<Boolean> done = new FutureSource<>();
    var _ = future.whenComplete((_, _) -> done.complete(true, null));
    var _ = ReceiveChan.from(done).receive(ctx);
    return future.get();
  }

  /**
   * Starts a goroutine whose result is a {@link CompletableFuture}. It is completed when the
   * goroutine is over. Completing it otherwise, by cancelling it or by {@code orTimeout}, say,
   * interrupts the goroutine; so does the end of the context, which cancels the future if the body
   * stops for it.
   *
   * @param ctx the context of the goroutine
   * @param body makes the result
   * @param <T> the type of the result
   * @return the future
   * @throws NullPointerException if an argument is null
   */
  public static <T extends @Nullable Object> CompletableFuture<T> call(
      Context ctx, Callable<T> body) {
    Objects.requireNonNull(body, "body");
    Context checked = Objects.requireNonNull(ctx, "ctx");
    return completable(Go.call(() -> checked.call(body)));
  }

  /**
   * A future of whatever kind, such as that of {@link Go#call} or a group's {@code call}, as a
   * {@link CompletableFuture}. Completing that otherwise, by cancelling it or by {@code orTimeout},
   * say, cancels the future, which interrupts its goroutine. A goroutine waits for the future.
   *
   * @param future the future
   * @param <T> the type of the result
   * @return the same result as a {@code CompletableFuture}; the end of a context, and a
   *     cancellation, is a cancellation
   * @throws NullPointerException if the future is null
   */
  public static <T extends @Nullable Object> CompletableFuture<T> completable(Future<T> future) {
    Objects.requireNonNull(future, "future");
    CompletableFuture<T> completable = new CompletableFuture<>();
    var _ = Go.go(() -> complete(completable, future));
    var _ = completable.whenComplete((_, _) -> future.cancel(true)); // nothing if that is done
    return completable;
  }

  private static <T extends @Nullable Object> void complete(
      CompletableFuture<T> completable, Future<T> future) {
    try {
      completable.complete(future.get());
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof ContextException) {
        cancel(completable, cause);
      } else {
        completable.completeExceptionally(cause == null ? e : cause);
      }
    } catch (CancellationException | InterruptedException e) {
      cancel(completable, e);
    }
  }

  /** Cancels it, as {@code cancel} does, but with the reason. */
  private static void cancel(CompletableFuture<?> completable, Throwable reason) {
    CancellationException cancelled = new CancellationException(reason.getMessage());
    cancelled.initCause(reason);
    completable.completeExceptionally(cancelled);
  }

  /**
   * Cancels a future when a context ends. The context forgets the future when that completes.
   *
   * @param future the future
   * @param ctx the context
   * @param <T> the type of the result
   * @param <F> the type of the future
   * @return the same future
   * @throws NullPointerException if an argument is null
   */
  public static <T extends @Nullable Object, F extends CompletableFuture<T>> F cancelWith(
      F future, Context ctx) {
    Objects.requireNonNull(future, "future");
    Stop stop = ctx.afterDone(() -> future.cancel(true));
    var _ = future.whenComplete((_, _) -> stop.stop());
    return future;
  }

  /**
   * Has a foreign executor do something, and brings the result over a channel. What is captured for
   * goroutines goes along.
   *
   * @param executor the executor
   * @param work makes the result
   * @param ctx the context; its end fails the channel with its exception, and interrupts the work,
   *     or keeps it from being begun
   * @param <T> the type of the result
   * @return a channel of one result, as with {@link #channel(CompletionStage)}
   * @throws java.util.concurrent.RejectedExecutionException if the executor takes no work
   * @throws NullPointerException if an argument is null
   */
  public static <T> ReceiveChan<T> submit(
      Executor executor, Callable<? extends @Nullable T> work, Context ctx) {
    Objects.requireNonNull(executor, "executor");
    return Submitted.<T>to(executor, Objects.requireNonNull(work, "work"), ctx);
  }
}
