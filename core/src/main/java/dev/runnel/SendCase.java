package dev.runnel;

import dev.runnel.internal.select.Sending;
import org.jspecify.annotations.Nullable;

/**
 * A select case that sends. If it wins because its channel has ended, {@code select} throws {@link
 * ChannelClosedException}, as Go panics.
 *
 * @param <T> the type of the value
 */
public sealed interface SendCase<T> extends Case<Void> permits Sending {

  /**
   * Sets the value that the next turn sends.
   *
   * @param next the value
   * @return this case
   * @throws NullPointerException if the value is null
   * @throws IllegalStateException if a select with this case is under way
   */
  SendCase<T> value(T next);

  /**
   * The same case with a result, for a one-shot {@code select}.
   *
   * @param then makes the result once the value has gone
   * @param <R> the type of the result
   * @return the mapped case, which a reusable {@link Select} refuses
   */
  <R extends @Nullable Object> Case<R> map(Supply<? extends R> then);
}
