package dev.runnel.pattern;

/** What a {@link Broadcaster} does with a subscriber whose buffer is full. */
public enum WhenFull {
  /** The subscriber misses the new value. */
  DROP_NEWEST,

  /** The subscriber misses the oldest value in its buffer, and gets the new one. */
  DROP_OLDEST,

  /** The sender waits for the subscriber, and with it all others do: back-pressure. */
  BLOCK,

  /**
   * The subscription fails, with a {@link SlowSubscriberException}, after what is in its buffer.
   */
  DISCONNECT
}
