package dev.runnel.internal.goroutine;

import dev.runnel.Context;
import dev.runnel.ContextException;
import dev.runnel.internal.context.ContextNode;
import dev.runnel.internal.context.Link;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of code that runs under a context: it is the current context there, and its end
 * interrupts the thread.
 *
 * <p>A goroutine started with a context is such a stretch from its first instruction to its last;
 * {@code ctx.run} makes one inside another.
 *
 * <h2>Leaving no stray interrupt behind</h2>
 *
 * <pre>
 *   ARMED --context ends--&gt; FIRING --interrupted the thread--&gt; FIRED
 *     \--body is over--&gt; LEFT
 * </pre>
 *
 * A body that ends before its context takes the state to LEFT, and the context's end finds nothing
 * to do. Otherwise the leaving thread waits for the interrupter, which has only one call to make,
 * and then clears the flag: it is this scope's own. But the flag may stand for others as well, and
 * those must not be lost: an interrupt that was pending on entry, one through {@code
 * Goroutine.interrupt()} that was not yet delivered then (the goroutine counts them), or that of an
 * enclosing scope. If there is any, the flag is set again.
 */
public final class Scope extends Link {
  private static final ScopedValue<Scope> INNERMOST = ScopedValue.newInstance();

  private static final int ARMED = 0;
  private static final int FIRING = 1;
  private static final int FIRED = 2;
  private static final int LEFT = 3;

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Scope.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final ContextNode context;
  private final boolean interrupting;
  private final Thread thread;
  private final @Nullable Scope outer;
  private volatile int state;

  Scope(ContextNode context, boolean interrupting, Thread thread, @Nullable Scope outer) {
    this.context = context;
    this.interrupting = interrupting;
    this.thread = thread;
    this.outer = outer;
  }

  /** The innermost scope that the current thread is in. */
  private static @Nullable Scope current() {
    if (INNERMOST.isBound()) {
      return INNERMOST.get();
    }
    Routine routine = Routine.current();
    return routine == null ? null : routine.scope();
  }

  /**
   * What the current thread runs under.
   *
   * @return the context
   */
  public static Context currentContext() {
    Scope scope = current();
    return scope == null ? Context.background() : scope.context;
  }

  /**
   * Runs a body under a context, on the current thread.
   *
   * @param context the context
   * @param body the code
   * @param <T> the type of its result
   * @return its result
   * @throws Exception what {@link Context#run} says
   */
  public static <T extends @Nullable Object> T call(ContextNode context, Callable<T> body)
      throws Exception {
    context.check();
    Thread thread = Thread.currentThread();
    Scope scope = new Scope(context, true, thread, current());
    Routine routine = Routine.current();
    int delivered = routine == null ? 0 : routine.interruptsDelivered(); // before the flag they set
    boolean pending = thread.isInterrupted();
    scope.enter();
    try {
      T result = ScopedValue.where(INNERMOST, scope).call(body::call);
      scope.leaveClean(pending, delivered);
      return result;
    } catch (Throwable thrown) {
      if (scope.leaveClean(pending, delivered) && Echo.ofInterrupt(thrown)) {
        ContextException ended = context.err();
        if (ended != null) {
          ended.addSuppressed(thrown);
          throw ended;
        }
      }
      throw thrown;
    }
  }

  /** Leaves, and takes this scope's own interrupt along; true if there was one. */
  private boolean leaveClean(boolean pending, int delivered) {
    if (!leave()) {
      return false;
    }
    var _ = Thread.interrupted();
    Routine routine = Routine.current();
    boolean requested = routine != null && routine.interruptsRequested() != delivered;
    if (pending || requested || enclosingFired()) {
      thread.interrupt();
    }
    return true;
  }

  /** Starts watching the context. */
  void enter() {
    if (interrupting) {
      context.tell(this);
    }
  }

  /** Stops watching; true if the context's end has interrupted the thread, and is done with it. */
  @SuppressWarnings("ThreadPriorityCheck") // the other side has one call to make
  boolean leave() {
    if (STATE.compareAndSet(this, ARMED, LEFT)) {
      context.untell(this);
      return false;
    }
    while (state == FIRING) {
      Thread.onSpinWait();
      Thread.yield();
    }
    return true;
  }

  boolean contextIsEnding() {
    return context.isEnding();
  }

  private boolean enclosingFired() {
    for (Scope s = outer; s != null; s = s.outer) {
      if (s.state == FIRING || s.state == FIRED) {
        return true;
      }
    }
    return false;
  }

  @Override
  protected void contextEnded() {
    if (STATE.compareAndSet(this, ARMED, FIRING)) {
      thread.interrupt();
      state = FIRED;
    }
  }
}
