package dev.runnel.internal.goroutine;

import dev.runnel.Task;
import dev.runnel.internal.park.Uncaught;
import dev.runnel.spi.ContextCapture;
import dev.runnel.spi.ContextCapture.Snapshot;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * A task with what {@link ContextCapture} captured where it was asked for.
 *
 * <p>The providers are a constant, null when there is none, so that the JIT compiler removes every
 * look at it. And it is the task that remembers, not the goroutine: so without providers a
 * goroutine has no field for it.
 */
public final class Captured implements Task {
  private static final ContextCapture @Nullable [] PROVIDERS = find();

  /** Null: capturing failed, and nothing is to be taken from wherever it runs instead. */
  private final @Nullable Snapshot snapshot;

  private final Task task;

  private Captured(@Nullable Snapshot snapshot, Task task) {
    this.snapshot = snapshot;
    this.task = task;
  }

  private static ContextCapture @Nullable [] find() {
    List<ContextCapture> found = new ArrayList<>();
    Iterator<ContextCapture> providers =
        ServiceLoader.load(ContextCapture.class, ContextCapture.class.getClassLoader()).iterator();
    boolean more = true;
    while (more) {
      try {
        more = providers.hasNext();
        if (more) {
          found.add(providers.next());
        }
      } catch (ServiceConfigurationError | LinkageError e) {
        // No goroutine could ever be started if this went through: without that provider they can.
        System.getLogger("dev.runnel")
            .log(System.Logger.Level.WARNING, "a ContextCapture can't be used", e);
      }
    }
    return found.isEmpty() ? null : found.toArray(ContextCapture[]::new);
  }

  /**
   * A task that runs with what the current thread has, wherever that will be.
   *
   * @param task the task
   * @return the same task if nothing can be captured, or it has been already
   */
  public static Task here(Task task) {
    if (PROVIDERS == null || task instanceof Captured) {
      return task;
    }
    Task carrying = task;
    for (int i = PROVIDERS.length - 1; i >= 0; i--) { // so that the first one is the outermost
      Snapshot snapshot = capture(PROVIDERS[i]);
      if (snapshot != null) {
        carrying = new Captured(snapshot, carrying);
      }
    }
    return carrying == task ? new Captured(null, task) : carrying;
  }

  private static @Nullable Snapshot capture(ContextCapture provider) {
    try {
      return provider.capture();
    } catch (Throwable t) {
      Uncaught.report(t);
      return null;
    }
  }

  @Override
  public void run() throws Exception {
    if (snapshot == null) {
      task.run();
      return;
    }
    Once body = new Once(task);
    try {
      snapshot.run(body);
    } catch (Throwable t) {
      if (body.begun) {
        throw t;
      }
      Uncaught.report(t);
    }
    if (!body.begun) {
      body.run(); // whoever waits for what it does would wait for ever
    }
  }

  /** A body that knows whether it has been run. */
  private static final class Once implements Task {
    private final Task task;
    private boolean begun;

    Once(Task task) {
      this.task = task;
    }

    @Override
    public void run() throws Exception {
      if (begun) {
        throw new IllegalStateException("a ContextCapture.Snapshot must run the body once");
      }
      begun = true;
      task.run();
    }
  }
}
