package dev.runnel;

/** What a send does when the buffer of its channel is full. */
public enum Overflow {
  /** The sender waits for room, as in Go. */
  SUSPEND,
  /** The oldest buffered value is dropped to make room; the send never waits. */
  DROP_OLDEST,
  /** The value being sent is dropped; the send never waits. */
  DROP_LATEST
}
