package dev.runnel.internal.hook;

import org.jspecify.annotations.Nullable;

/**
 * What a select has chosen.
 *
 * @param way what the case does
 * @param on the channel, source or sink of the case; null if it has none
 * @param value what was received or sent; an {@code Ending} if the channel had ended; null if there
 *     is none
 */
public record Choice(Way way, @Nullable Object on, @Nullable Object value) {

  /** What a case does. */
  public enum Way {
    RECEIVE,
    SEND,
    AFTER,
    OTHERWISE
  }
}
