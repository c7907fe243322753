package dev.runnel.pipeline;

import dev.runnel.internal.time.Clock;
import java.time.Duration;

/** Refuses numbers that make no sense. */
final class Numbers {

  private Numbers() {}

  static void atLeast(long least, long number, String what) {
    if (number < least) {
      throw new IllegalArgumentException(what + " must be at least " + least + ", not " + number);
    }
  }

  /** The nanoseconds of a time that can't be nothing. */
  static long moreThanZero(Duration time, String what) {
    long nanos = Clock.nanos(time);
    if (nanos == 0) {
      throw new IllegalArgumentException(what + " must be more than zero, not " + time);
    }
    return nanos;
  }
}
