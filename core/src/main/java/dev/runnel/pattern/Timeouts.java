package dev.runnel.pattern;

import dev.runnel.CancelContext;
import dev.runnel.Context;
import dev.runnel.ContextException;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Work that is not waited for longer than it is worth.
 *
 * {@snippet class="dev.runnel.snippets.PatternSnippetsTest" region="timeout"}
 *
 * <p>The work is told when its time is over: its context ends, and its thread is interrupted. When
 * a call returns, the work has ended; only {@link #callOrAbandon} leaves it behind, because it was
 * asked to. A result that is there is never thrown away for a timeout.
 *
 * <p>Origin in Go: {@code select} with {@code time.After}. There the work that nobody waits for any
 * more runs on, and if result and timeout come together, one of them wins at random.
 */
public final class Timeouts {

  private Timeouts() {}

  /**
   * Does work on this thread, for no longer than a given time.
   *
   * @param atMost how long; zero or negative: the work does not begin
   * @param ctx the context above that of the work
   * @param work the work; interrupted when its time is over
   * @param <T> the type of the result
   * @param <X> what the work throws
   * @return the result, however late the work brought it in the end
   * @throws TimeoutException if the end of its time cut the work short
   * @throws ContextException if the end of {@code ctx} did, or it had ended
   * @throws InterruptedException if an interrupt from elsewhere did
   * @throws X what else the work throws
   * @throws NullPointerException if an argument is null
   */
  public static <T extends @Nullable Object, X extends Exception> T call(
      Duration atMost, Context ctx, Attempt<T, X> work)
      throws X, InterruptedException, TimeoutException {
    Objects.requireNonNull(work, "work");
    TimeIsOver over = new TimeIsOver(atMost);
    try (CancelContext limited = ctx.withTimeout(atMost, over)) {
      return limited.call(() -> work.run(limited));
    } catch (ContextException e) {
      over.throwIfBehind(e);
      throw e;
    } catch (RuntimeException | InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw Timeouts.<X>asThrown(e);
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // it throws no other
  private static <X extends Exception> X asThrown(Exception e) {
    return (X) e;
  }

  /**
   * Does work in a goroutine, and leaves it behind if it is not done in time: for work that may not
   * heed an interrupt. It is interrupted all the same.
   *
   * @param atMost how long to wait; zero or negative: the work does not begin
   * @param ctx the context above that of the work; the work is left behind when it ends, too
   * @param work the work
   * @param late is told, on the goroutine of the work, what became of it if it was left behind: a
   *     future that is done
   * @param <T> the type of the result
   * @return the result
   * @throws TimeoutException if the work was not done in time
   * @throws ExecutionException if the work failed in time
   * @throws ContextException if {@code ctx} has ended, or ends before the work
   * @throws InterruptedException if the thread is interrupted before that; the work is left behind
   * @throws NullPointerException if an argument is null
   */
  public static <T extends @Nullable Object> T callOrAbandon(
      Duration atMost, Context ctx, Attempt<T, ?> work, Consumer<? super Future<T>> late)
      throws InterruptedException, ExecutionException, TimeoutException {
    Objects.requireNonNull(work, "work");
    Objects.requireNonNull(late, "late");
    TimeIsOver over = new TimeIsOver(atMost);
    try {
      return Abandonable.start(ctx.withTimeout(atMost, over), work, late).get();
    } catch (ContextException e) {
      over.throwIfBehind(e);
      throw e;
    }
  }

  /**
   * Makes several attempts at once. The first success wins; the others are canceled, and have ended
   * when this returns.
   *
   * {@snippet class="dev.runnel.snippets.PatternSnippetsTest" region="race"}
   *
   * @param ctx the context above that of the attempts
   * @param attempts the attempts, at least one
   * @param <T> the type of the result
   * @return the result of the first that succeeded
   * @throws ExecutionException if all failed; the cause is the first failure, the others are
   *     suppressed
   * @throws ContextException if {@code ctx} has ended, or ends before the first success
   * @throws IllegalArgumentException if there is no attempt
   * @throws InterruptedException if the thread is interrupted before that
   * @throws NullPointerException if an argument is null
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the attempts are only read, as what they are
  public static <T extends @Nullable Object> T race(
      Context ctx, Attempt<? extends T, ?>... attempts)
      throws InterruptedException, ExecutionException {
    return new Race<T>(List.of(attempts), Duration.ZERO).run(ctx);
  }

  /**
   * Makes several attempts at once, as {@link #race(Context, Attempt[])} does.
   *
   * @param attempts the attempts, at least one
   * @param ctx the context above that of the attempts
   * @param <T> the type of the result
   * @return the result of the first that succeeded
   * @throws ExecutionException if all failed
   * @throws ContextException if {@code ctx} has ended, or ends before the first success
   * @throws IllegalArgumentException if there is no attempt
   * @throws InterruptedException if the thread is interrupted before that
   * @throws NullPointerException if an argument is null
   */
  public static <T extends @Nullable Object> T race(
      Collection<? extends Attempt<? extends T, ?>> attempts, Context ctx)
      throws InterruptedException, ExecutionException {
    return new Race<T>(List.copyOf(attempts), Duration.ZERO).run(ctx);
  }

  /**
   * Makes an attempt, and another whenever none has brought a result for a given time or one has
   * failed. The first success wins; the others are canceled, and have ended when this returns.
   *
   * {@snippet class="dev.runnel.snippets.PatternSnippetsTest" region="hedge"}
   *
   * @param after how long to wait before the next attempt; zero or negative: they start at once
   * @param attempts how many attempts at most, at least 1
   * @param ctx the context above that of the attempts
   * @param work the work, which may run several times at once
   * @param <T> the type of the result
   * @return the result of the first that succeeded
   * @throws ExecutionException if all failed; the cause is the first failure, the others are
   *     suppressed
   * @throws ContextException if {@code ctx} has ended, or ends before the first success
   * @throws IllegalArgumentException if the number is less than 1
   * @throws InterruptedException if the thread is interrupted before that
   * @throws NullPointerException if an argument is null
   */
  public static <T extends @Nullable Object> T hedge(
      Duration after, int attempts, Context ctx, Attempt<? extends T, ?> work)
      throws InterruptedException, ExecutionException {
    if (attempts < 1) {
      throw new IllegalArgumentException("a hedge makes at least 1 attempt, not " + attempts);
    }
    Objects.requireNonNull(work, "work");
    return new Race<T>(Collections.nCopies(attempts, work), after).run(ctx);
  }

  /** Why a context ended: to be told from every other end. */
  private static final class TimeIsOver extends Exception {
    private static final long serialVersionUID = 1L;

    TimeIsOver(Duration atMost) {
      super("no result within " + atMost, null, false, false); // made for each call: cheap
    }

    void throwIfBehind(ContextException e) throws TimeoutException {
      if (e.getCause() == this) {
        TimeoutException timeout = new TimeoutException(getMessage());
        timeout.initCause(e);
        throw timeout;
      }
    }
  }
}
