package dev.runnel;

import org.jspecify.annotations.Nullable;

/**
 * What a receive that may come back without a value found: a {@link Value}, a {@link Closed} and
 * drained channel, or {@link Empty}.
 *
 * {@snippet class="dev.runnel.snippets.SnippetsTest" region="try-receive"}
 *
 * <p>Origin in Go: the two results of {@code v, ok := <-ch}, inside a select with a default.
 *
 * @param <T> the type of the channel's values
 */
public sealed interface ReceiveResult<T> {

  /**
   * A value was received.
   *
   * @param value the value
   * @param <T> the type of the channel's values
   */
  record Value<T>(T value) implements ReceiveResult<T> {}

  /**
   * The channel has ended and every buffered value has been received.
   *
   * @param cause what the channel was {@linkplain SendChan#fail failed} with; null if it was closed
   * @param <T> the type of the channel's values
   */
  record Closed<T>(@Nullable Throwable cause) implements ReceiveResult<T> {}

  /**
   * The channel is open, and no value came in time.
   *
   * @param <T> the type of the channel's values
   */
  record Empty<T>() implements ReceiveResult<T> {}

  /**
   * The received value, if there is one.
   *
   * @return the value; null for {@link Closed} and {@link Empty}
   */
  default @Nullable T orNull() {
    return this instanceof Value<T>(T value) ? value : null;
  }

  /**
   * Whether a value was received.
   *
   * @return true for {@link Value}
   */
  default boolean hasValue() {
    return this instanceof Value<T>;
  }

  /**
   * Whether the channel has ended and is drained.
   *
   * @return true for {@link Closed}
   */
  default boolean isClosed() {
    return this instanceof Closed<T>;
  }
}
