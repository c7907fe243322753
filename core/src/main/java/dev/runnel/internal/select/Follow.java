package dev.runnel.internal.select;

import dev.runnel.Case;
import dev.runnel.Supply;
import org.jspecify.annotations.Nullable;

/**
 * A case with something of the user's to follow when it wins: a handler or a mapping.
 *
 * @param arm what the case waits for
 * @param reusable whether a reusable select takes it: handlers yes, mappings no, because {@code
 *     await} has no result to give
 * @param then makes the result from what the arm has received
 * @param <R> the type of the result
 */
public record Follow<R extends @Nullable Object>(
    Arm<?> arm, boolean reusable, Supply<? extends R> then) implements Case<R> {

  R result() throws InterruptedException {
    return then.get();
  }
}
