package dev.runnel.internal.pipeline;

import dev.runnel.ReceiveChan;
import java.time.Instant;

/**
 * A time until which a stage waits, and which each value moves on. The bell is set anew only when
 * it rings too early, since setting it costs more than all else that is done for a value.
 */
final class Deadline implements AutoCloseable {
  private final Bell bell = Bell.open();

  /** When it is due, and when the bell rings; not at all, if {@code none} or not {@code set}. */
  private long due;

  private long rings;
  private boolean none = true;
  private boolean set;

  /** It is due that many nanoseconds from now. */
  void in(long nanos) {
    long wait = Math.min(nanos, Long.MAX_VALUE / 2); // so that times can be compared
    none = false;
    due = bell.nanos() + wait;
    if (!set || due - rings < 0) {
      ringIn(wait);
    }
  }

  /** It is never due. */
  void never() {
    none = true;
  }

  /** Where a bell rings, after which {@link #passed} is to be asked. */
  ReceiveChan<Instant> channel() {
    return bell.channel();
  }

  /** Whether it is due, now that the bell has rung. */
  boolean passed() {
    set = false;
    if (none) {
      return false;
    }
    long left = due - bell.nanos();
    if (left > 0) {
      ringIn(left);
      return false;
    }
    none = true;
    return true;
  }

  private void ringIn(long nanos) {
    bell.ringIn(nanos);
    rings = bell.nanos() + nanos;
    set = true;
  }

  @Override
  public void close() {
    bell.close();
  }
}
