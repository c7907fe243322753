package dev.runnel.internal.goroutine;

import dev.runnel.internal.hook.Hooks;
import dev.runnel.internal.hook.Op;
import dev.runnel.internal.park.Parker;
import dev.runnel.internal.park.WaitReason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The result of a goroutine. Unlike {@code FutureTask} and {@code CompletableFuture} it waits
 * through the parker, so that tools see who waits for it.
 *
 * <p>The state goes from null to an outcome once, by compare-and-set; then the latch opens.
 *
 * @param <T> the type of the result
 */
public final class Promise<T extends @Nullable Object> extends Latch implements Future<T> {
  private static final VarHandle OUTCOME;

  static {
    try {
      OUTCOME = MethodHandles.lookup().findVarHandle(Promise.class, "outcome", Outcome.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** What became of it: a value, a failure, or (with neither) cancellation. */
  private record Outcome(@Nullable Object value, @Nullable Throwable failure, boolean cancelled) {
    static final Outcome CANCELLED = new Outcome(null, null, true);
  }

  private volatile @Nullable Outcome outcome;
  private volatile @Nullable Routine routine;

  /** Creates a promise that nobody has begun to keep. */
  public Promise() {}

  /**
   * Starts a goroutine that keeps this promise.
   *
   * @param body makes the result
   * @return this
   */
  public Promise<T> start(Callable<T> body) {
    Routine.start(() -> run(body, thrown -> false));
    return this;
  }

  /**
   * Keeps this promise on the current goroutine.
   *
   * @param body makes the result; not called if this was cancelled
   * @param isEcho tells which exceptions mean that the body was made to stop; the promise is then
   *     cancelled
   * @return what the body threw, if that was no echo; the promise then has it too, unless it was
   *     cancelled before
   */
  public @Nullable Throwable run(Callable<T> body, Predicate<Throwable> isEcho) {
    routine =
        Routine.current(); // before looking at the outcome: cancel looks at it after setting that
    if (outcome != null) {
      return null;
    }
    try {
      complete(new Outcome(body.call(), null, false));
      return null;
    } catch (Throwable thrown) {
      if (isEcho.test(thrown) || (isCancelled() && Echo.ofInterrupt(thrown))) {
        complete(Outcome.CANCELLED);
        return null;
      }
      complete(new Outcome(null, thrown, false));
      return thrown;
    }
  }

  private boolean complete(Outcome o) {
    boolean first = OUTCOME.compareAndSet(this, null, o);
    if (first) {
      open();
    }
    return first;
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.FUTURE_CANCEL, this);
    }
    boolean first = complete(Outcome.CANCELLED);
    Routine runner = routine;
    if (first && mayInterruptIfRunning && runner != null) {
      runner.interrupt();
    }
    return first;
  }

  @Override
  public boolean isCancelled() {
    Outcome o = outcome;
    return o != null && o.cancelled();
  }

  @Override
  public boolean isDone() {
    return outcome != null;
  }

  @Override
  public T get() throws InterruptedException, ExecutionException {
    await(Parker.FOREVER);
    return report();
  }

  @Override
  public T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (!await(Math.max(0, unit.toNanos(timeout)))) {
      throw new TimeoutException(
          "no result in " + timeout + " " + unit.name().toLowerCase(Locale.ROOT));
    }
    return report();
  }

  private boolean await(long nanos) throws InterruptedException {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.FUTURE_GET, this);
    }
    boolean done = await(WaitReason.FUTURE, null, nanos);
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.FUTURE_GET, this);
    }
    return done;
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // the value is what the body returned: a T
  private T report() throws ExecutionException {
    Outcome o = Objects.requireNonNull(outcome);
    if (o.cancelled()) {
      throw new CancellationException("the call was cancelled");
    }
    if (o.failure() != null) {
      throw new ExecutionException(o.failure());
    }
    return (T) o.value();
  }

  @Override
  public String toString() {
    Outcome o = outcome;
    String state =
        o == null
            ? "pending"
            : o.cancelled()
                ? "cancelled"
                : o.failure() != null ? "failed: " + o.failure() : "done: " + o.value();
    return "future [" + state + "]";
  }
}
