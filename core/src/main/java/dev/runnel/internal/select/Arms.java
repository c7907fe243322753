package dev.runnel.internal.select;

import dev.runnel.Case;
import dev.runnel.Handler;
import dev.runnel.ReceiveCase;
import dev.runnel.SendCase;
import dev.runnel.Step;
import dev.runnel.Supply;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes cases with handlers, for the public interfaces' default methods. */
public final class Arms {

  private Arms() {}

  /**
   * A case with a handler.
   *
   * @param receive the case to handle
   * @param then what to do with the value
   * @param whenClosed what to do at the end, or null for an exception
   * @param <T> the type of the value
   * @return the case with its handler
   */
  public static <T> Case<Void> handling(
      ReceiveCase<T> receive, Handler<? super T> then, @Nullable Step whenClosed) {
    return switch (receive) {
      case Receiving<T> receiving -> receiving.handle(then, whenClosed);
    };
  }

  /**
   * A case that does something after its value has gone.
   *
   * @param send the case to follow
   * @param then what to do
   * @param <T> the type of the value
   * @return the case with its step
   */
  public static <T> Case<Void> then(SendCase<T> send, Step then) {
    return switch (send) {
      case Sending<T> sending -> sending.follow(true, step(then));
    };
  }

  /**
   * A step as a supply of nothing.
   *
   * @param step what to do
   * @return a supply that does it and gives null
   */
  public static Supply<Void> step(Step step) {
    Objects.requireNonNull(step, "then");
    return () -> {
      step.run();
      return nothing();
    };
  }

  /**
   * Whether a case is mapped.
   *
   * @param c the case
   * @return true if it makes a result that only a one-shot select can give
   */
  public static boolean isMapped(Case<?> c) {
    return c instanceof Follow<?> follow && !follow.reusable();
  }

  /**
   * What a case that has won brings: runs its handler or mapping.
   *
   * @param c the case
   * @param <R> the type of the result
   * @return the result
   * @throws InterruptedException if the handler throws it
   */
  @SuppressWarnings("unchecked") // a case's own result is of its own type
  public static <R extends @Nullable Object> R resultOf(Case<? extends R> c)
      throws InterruptedException {
    return switch (c) {
      case Arm<?> arm -> (R) arm.result();
      case Follow<?> follow -> (R) follow.result();
    };
  }

  /** The one value of {@link Void}. */
  @SuppressWarnings("NullAway") // Void has no other value
  static Void nothing() {
    return null;
  }
}
