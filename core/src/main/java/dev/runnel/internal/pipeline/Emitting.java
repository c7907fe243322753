package dev.runnel.internal.pipeline;

import dev.runnel.Task;
import dev.runnel.pipeline.Emitter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lets a user's code put values downstream. What is thrown there goes through that code, which may
 * take it for its own, so it is kept and thrown again afterwards.
 *
 * @param <T> the type of the values
 */
public final class Emitting<T> implements Emitter<T> {
  private final Outlet<? super T> out;
  private final Label label;
  private final Pace pace = Pace.current();
  private final Thread owner = Thread.currentThread();
  private boolean open = true;
  private @Nullable Exception below;

  Emitting(Outlet<? super T> out, Label label) {
    this.out = out;
    this.label = label;
  }

  @Override
  public boolean emit(T value) throws Exception {
    Objects.requireNonNull(value, "value");
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException(
          "an emitter belongs to the thread of its stage; send from others by a channel");
    }
    if (below != null) {
      throw below;
    }
    if (open) {
      try {
        pace.check();
        open = out.put(value);
      } catch (Exception e) {
        below = e;
        throw e;
      }
    }
    return open;
  }

  /** Runs code that emits; whether more is wanted. */
  boolean during(Task body) throws Exception {
    try {
      body.run();
    } catch (Throwable t) {
      throw below != null ? below : label.failure(t);
    }
    if (below != null) {
      throw below;
    }
    return open;
  }
}
