package dev.runnel.internal.select;

import dev.runnel.Supply;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The case that wins when no other is ready: Go's {@code default}.
 *
 * @param <R> the type of the result
 */
public final class Otherwise<R extends @Nullable Object> extends Arm<R> {
  private final Supply<? extends R> then;

  /**
   * Creates a case.
   *
   * @param then makes the result
   */
  public Otherwise(Supply<? extends R> then) {
    this.then = Objects.requireNonNull(then, "then");
  }

  @Override
  R result() throws InterruptedException {
    return then.get();
  }
}
