package dev.runnel.internal.context;

import dev.runnel.Stop;
import dev.runnel.Task;
import dev.runnel.internal.goroutine.Routine;
import java.util.concurrent.atomic.AtomicBoolean;

/** A task that starts in a goroutine of its own when a context ends, unless it is stopped first. */
final class AfterDone extends Link implements Stop {
  private final ContextNode context;
  private final Task task;
  private final AtomicBoolean decided = new AtomicBoolean();

  AfterDone(ContextNode context, Task task) {
    this.context = context;
    this.task = task;
  }

  @Override
  protected void contextEnded() {
    if (decided.compareAndSet(false, true)) {
      Routine.start(task);
    }
  }

  @Override
  public boolean stop() {
    boolean stopped = decided.compareAndSet(false, true);
    if (stopped) {
      context.untell(this);
    }
    return stopped;
  }
}
