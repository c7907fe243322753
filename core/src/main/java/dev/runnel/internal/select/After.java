package dev.runnel.internal.select;

import dev.runnel.Supply;
import dev.runnel.internal.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A case that wins when a time has passed since its turn began.
 *
 * @param <R> the type of the result
 */
public final class After<R extends @Nullable Object> extends Arm<R> {
  private final long nanos;
  private final Supply<? extends R> then;

  /**
   * Creates a case.
   *
   * @param delay how long
   * @param then makes the result
   */
  public After(Duration delay, Supply<? extends R> then) {
    this.nanos = Clock.nanos(delay);
    this.then = Objects.requireNonNull(then, "then");
  }

  long nanos() {
    return nanos;
  }

  @Override
  R result() throws InterruptedException {
    return then.get();
  }
}
