package dev.runnel.sync;

import dev.runnel.Context;
import dev.runnel.Task;
import dev.runnel.internal.context.ContextNode;
import dev.runnel.internal.goroutine.Latch;
import dev.runnel.internal.hook.Hooks;
import dev.runnel.internal.hook.Op;
import dev.runnel.internal.park.Parker;
import dev.runnel.internal.park.WaitReason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Does something exactly once, however many ask for it.
 *
 * {@snippet class="dev.runnel.snippets.SyncSnippetsTest" region="once"}
 *
 * <p>The run <i>happens-before</i> the return of every {@link #run} call on this object. Once it is
 * over, such a call costs one volatile read.
 *
 * <p>Origin in Go: {@code sync.Once}.
 *
 * <h2>How it works</h2>
 *
 * A gate that lets one thread in, by a compare-and-set, and opens when that one has left: a latch,
 * at which the others wait. {@code FutureTask} would do, but parks by itself, where no tool could
 * see the waiter, and knows no context.
 */
public final class Once {
  private final Gate gate = new Gate(this);

  /** Creates it, with nothing done yet. */
  public Once() {
    Hooks.made(this);
  }

  /**
   * Runs a task if none has been run by this object yet; else waits until that one is over. A run
   * that fails counts as done, as in Go; so does one that is interrupted.
   *
   * @param task what to do
   * @throws IllegalStateException if called from the task itself
   * @throws InterruptedException if the thread is interrupted, on entry or later, while another
   *     runs the task
   * @throws Exception what the task throws, to the caller that ran it only
   * @throws NullPointerException if the task is null
   */
  public void run(Task task) throws Exception {
    runOnce(Objects.requireNonNull(task, "task"), null);
  }

  /**
   * Runs a task as {@link #run(Task)} does, but waits for another's run only until a context ends.
   * The context does not reach into the task: what is done for all must not depend on who came
   * first.
   *
   * @param ctx the context to watch
   * @param task what to do
   * @throws dev.runnel.ContextException if the context has ended and the task is not done yet, or
   *     ends while another runs it
   * @throws IllegalStateException if called from the task itself
   * @throws InterruptedException as {@link #run(Task)}
   * @throws Exception what the task throws, to the caller that ran it only
   * @throws NullPointerException if an argument is null
   */
  public void run(Context ctx, Task task) throws Exception {
    ContextNode watched = (ContextNode) Objects.requireNonNull(ctx, "ctx");
    runOnce(Objects.requireNonNull(task, "task"), watched);
  }

  private void runOnce(Task task, @Nullable ContextNode ctx) throws Exception {
    if (Hooks.OP != null) {
      Hooks.OP.before(Op.ONCE, this);
    }
    if (gate.enter(ctx)) {
      try {
        task.run();
      } finally {
        gate.leave();
      }
    }
    if (Hooks.OP != null) {
      Hooks.OP.after(Op.ONCE, this);
    }
  }

  @Override
  public String toString() {
    return "once (" + gate.state() + ")";
  }

  /** Lets one thread in, and keeps the others until it has left. */
  static final class Gate extends Latch {
    private static final Object GONE = new Object();
    private static final VarHandle RUNNER;

    static {
      try {
        RUNNER = MethodHandles.lookup().findVarHandle(Gate.class, "runner", Object.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    private final Object owner;

    /** Null, the thread that has been let in, or GONE, so that the thread can be collected. */
    private volatile @Nullable Object runner;

    Gate(Object owner) {
      this.owner = owner;
    }

    /** True for the one that must do it; false once it is done. */
    boolean enter(@Nullable ContextNode ctx) throws InterruptedException {
      if (isOpen()) {
        return false;
      }
      if (ctx != null) {
        ctx.check();
      }
      Thread self = Thread.currentThread();
      Object other = RUNNER.compareAndExchange(this, null, self);
      if (other == null) {
        return true;
      }
      if (other == self) {
        throw new IllegalStateException(
            "a "
                + owner.getClass().getSimpleName()
                + " was called from its own task: it would wait for itself for ever");
      }
      await(WaitReason.ONCE, owner, ctx, Parker.FOREVER);
      return false;
    }

    void leave() {
      open();
      runner = GONE; // not before: an entry that finds no thread here would run it again
    }

    String state() {
      return isOpen() ? "done" : runner == null ? "not done" : "running";
    }
  }
}
