package dev.runnel.internal.goroutine;

import dev.runnel.Task;
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
import org.jspecify.annotations.Nullable;

/**
 * The result of a goroutine. Unlike {@code FutureTask} and {@code CompletableFuture} it waits
 * through the parker, so that tools see who waits for it.
 *
 * <p>It answers for its goroutine, and is kept by the goroutine's last step, not by its body: who
 * has the result can be sure that the goroutine is over. The outcome goes from null to something
 * once, by compare-and-set; then the latch opens.
 *
 * @param <T> the type of the result
 */
public final class Promise<T extends @Nullable Object> extends Latch
    implements Future<T>, Task, Group {
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

  private @Nullable Callable<T> body;
  private final @Nullable Group group;

  /** What the body brought; the goroutine's own until it ends. */
  private Outcome result = Outcome.CANCELLED;

  private volatile @Nullable Outcome outcome;
  private volatile @Nullable Routine routine;

  /**
   * Creates a promise, to be kept by a goroutine that runs it and that it answers for.
   *
   * @param body makes the result
   * @param group who answers for the goroutine besides, or null
   */
  public Promise(Callable<T> body, @Nullable Group group) {
    this.body = body;
    this.group = group;
    Hooks.made(this);
  }

  @Override
  public void run() throws Exception {
    routine = Routine.current(); // before looking at the outcome: cancel sets that, then looks here
    Callable<T> its = body;
    body = null; // what only the body needs is garbage as soon as the body is done with it
    if (its != null && outcome == null && !over()) {
      result = new Outcome(its.call(), null, false);
    }
  }

  @Override
  public void started(Routine r) {
    if (group != null) {
      group.started(r);
    }
  }

  @Override
  public boolean over() {
    return group != null && group.over();
  }

  @Override
  public void failed(Throwable thrown) {
    if (isCancelled() && Echo.ofInterrupt(thrown)) {
      return;
    }
    result = new Outcome(null, thrown, false);
    if (group != null) {
      group.failed(thrown);
    }
  }

  @Override
  public void ended(Routine r) {
    complete(result);
    routine = null;
    if (group != null) {
      group.ended(r);
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
