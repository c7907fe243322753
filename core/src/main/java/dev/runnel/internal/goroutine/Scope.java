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
 * Goroutine.interrupt()}, or that of an enclosing scope. If there is any, the flag is set again.
 *
 * <p>Nor must they come twice. So only those count that had not set the flag before entry (if that
 * is down then, they have been taken), and the leaving thread waits for those in flight as well: an
 * interrupt that it made up for does not arrive a second time.
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
    int earlier = scope.interruptsOfOthers(); // before the flag, which they have set
    boolean pending = thread.isInterrupted();
    scope.enter();
    try {
      T result = ScopedValue.where(INNERMOST, scope).call(body::call);
      scope.leaveClean(pending, earlier);
      return result;
    } catch (Throwable thrown) {
      if (scope.leaveClean(pending, earlier) && Echo.ofInterrupt(thrown)) {
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
  private boolean leaveClean(boolean pending, int earlier) {
    if (!leave()) {
      return false;
    }
    var _ = Thread.interrupted();
    if (awaitInterruptsOfOthers() != earlier || pending) {
      thread.interrupt();
    }
    return true;
  }

  /** How many interrupts, but for this scope's own, have set the thread's flag. */
  private int interruptsOfOthers() {
    Routine routine = Routine.current();
    int count = routine == null ? 0 : routine.interruptsDelivered();
    for (Scope s = outer; s != null; s = s.outer) {
      count += s.state == FIRED ? 1 : 0;
    }
    return count;
  }

  /** Waits for those in flight; how many have set the flag then. */
  private int awaitInterruptsOfOthers() {
    Routine routine = Routine.current();
    int count = routine == null ? 0 : routine.awaitInterrupts();
    for (Scope s = outer; s != null; s = s.outer) {
      s.awaitInterrupter();
      count += s.state == FIRED ? 1 : 0;
    }
    return count;
  }

  /** Starts watching the context. */
  void enter() {
    if (interrupting) {
      context.tell(this);
    }
  }

  /** Stops watching; true if the context's end has interrupted the thread, and is done with it. */
  boolean leave() {
    if (STATE.compareAndSet(this, ARMED, LEFT)) {
      context.untell(this);
      return false;
    }
    awaitInterrupter();
    return true;
  }

  private void awaitInterrupter() {
    while (state == FIRING) {
      World.yieldToOthers(); // the other side has one call to make
    }
  }

  boolean contextIsEnding() {
    return context.isEnding();
  }

  @Override
  protected void contextEnded() {
    if (STATE.compareAndSet(this, ARMED, FIRING)) {
      try {
        thread.interrupt();
      } finally { // it may close an NIO channel, and that may throw
        state = FIRED;
      }
      Routine routine = Routine.of(thread);
      if (routine != null) {
        routine.wasInterrupted();
      }
    }
  }
}
