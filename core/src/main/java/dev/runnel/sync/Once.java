package dev.runnel.sync;

import dev.runnel.Task;
import dev.runnel.internal.goroutine.Latch;
import dev.runnel.internal.hook.Hooks;
import dev.runnel.internal.hook.Op;
import dev.runnel.internal.park.Parker;
import dev.runnel.internal.park.WaitReason;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Does something exactly once, however many ask for it.
 *
 * {@snippet class="dev.runnel.snippets.SyncSnippetsTest" region="once"}
 *
 * <p>The run <i>happens-before</i> the return of every {@link #run} call on this object.
 *
 * <p>Origin in Go: {@code sync.Once}.
 */
public final class Once {
  private final Gate gate = new Gate();

  /** Creates it, with nothing done yet. */
  public Once() {}

  /**
   * Runs a task if none has been run by this object yet; else waits until that one is over. A run
   * that fails counts as done, as in Go.
   *
   * @param task what to do
   * @throws IllegalStateException if called from the task itself
   * @throws InterruptedException if the thread is interrupted while another runs the task
   * @throws Exception what the task throws, to the caller that ran it only
   * @throws NullPointerException if the task is null
   */
  public void run(Task task) throws Exception {
    Objects.requireNonNull(task, "task");
    if (gate.enter()) {
      try {
        task.run();
      } finally {
        gate.leave();
      }
    }
  }

  /** Lets one thread in, and keeps the others until it has left. */
  static final class Gate extends Latch {
    private final AtomicReference<@Nullable Thread> runner = new AtomicReference<>();

    /** True for the one that must do it; false once it is done. */
    boolean enter() throws InterruptedException {
      if (isOpen()) {
        return false;
      }
      if (Hooks.OP != null) {
        Hooks.OP.before(Op.ONCE, this);
      }
      Thread self = Thread.currentThread();
      if (runner.compareAndSet(null, self)) {
        return true;
      }
      if (runner.get() == self && !isOpen()) {
        throw new IllegalStateException(
            "a Once was called from its own task: it would wait for itself for ever");
      }
      await(WaitReason.ONCE, null, Parker.FOREVER);
      return false;
    }

    void leave() {
      open();
    }
  }
}
