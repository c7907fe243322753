package dev.runnel.internal.context;

import dev.runnel.Stop;
import dev.runnel.Task;
import dev.runnel.internal.goroutine.Captured;
import dev.runnel.internal.goroutine.Routine;
import dev.runnel.internal.goroutine.World;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A task that starts in a goroutine of its own when a context ends, unless it is stopped first. It
 * belongs to the world of whoever wants it, not of whoever ends the context, which may be a clock.
 */
final class AfterDone extends Link implements Stop {
  private final ContextNode context;
  private final Task task;
  private final @Nullable World world = World.current();
  private final AtomicBoolean decided = new AtomicBoolean();

  AfterDone(ContextNode context, Task task) {
    this.context = context;
    this.task = Captured.here(task); // not where it is started: there, another ends the context
  }

  @Override
  protected void contextEnded() {
    if (decided.compareAndSet(false, true)) {
      Routine.start(task, world);
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
