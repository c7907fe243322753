package dev.runnel;

import dev.runnel.internal.select.Receiving;
import org.jspecify.annotations.Nullable;

/**
 * A select case that receives. After it has won, it knows what it received; in a one-shot {@code
 * select} its result is the value, or null if the channel is closed and drained.
 *
 * @param <T> the type of the value
 */
public sealed interface ReceiveCase<T> extends Case<@Nullable T> permits Receiving {

  /**
   * The value received in the last turn.
   *
   * @return the value
   * @throws IllegalStateException if this case did not win the last turn, or won because its
   *     channel is closed
   */
  T value();

  /**
   * Whether this case won the last turn because its channel is closed and drained.
   *
   * @return true if so
   */
  boolean closed();

  /**
   * The same case with a function on its value, for a one-shot {@code select}. If it wins because
   * the channel is closed and drained, {@code select} throws {@link ChannelClosedException}; only
   * the case of {@link Context#onDone()} then calls the mapper, with null.
   *
   * @param mapper makes the result of the value
   * @param <R> the type of the result
   * @return the mapped case, which a reusable {@link Select} refuses
   */
  <R extends @Nullable Object> Case<R> map(Mapper<? super T, ? extends R> mapper);

  /**
   * The same case with a function on its value, and a result for the end of the channel.
   *
   * @param mapper makes the result of the value
   * @param whenClosed makes the result if the channel is closed and drained
   * @param <R> the type of the result
   * @return the mapped case, which a reusable {@link Select} refuses
   */
  <R extends @Nullable Object> Case<R> map(
      Mapper<? super T, ? extends R> mapper, Supply<? extends R> whenClosed);
}
