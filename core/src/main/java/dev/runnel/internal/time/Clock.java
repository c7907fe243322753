package dev.runnel.internal.time;

import dev.runnel.internal.park.Parkable;
import java.time.Duration;
import java.time.Instant;

/**
 * Where Runnel gets its time and its alarms from: every deadline, timeout, sleep and ticker. The
 * seam at which virtual time takes over.
 */
public interface Clock {

  /**
   * The clock of the current thread.
   *
   * @return that of its goroutine's world; without one, the system's
   */
  static Clock current() {
    return Thread.currentThread().getUncaughtExceptionHandler() instanceof Parkable goroutine
        ? goroutine.clock()
        : SystemClock.INSTANCE;
  }

  /**
   * Real time.
   *
   * @return the system's clock
   */
  static Clock system() {
    return SystemClock.INSTANCE;
  }

  /**
   * A duration in nanoseconds, saturating: more than about 292 years is for ever, zero or less is
   * now.
   *
   * @param duration the duration
   * @return its nanoseconds, from 0 to {@link Long#MAX_VALUE}
   */
  static long nanos(Duration duration) {
    if (duration.isNegative()) {
      return 0;
    }
    return duration.compareTo(LONGEST) >= 0 ? Long.MAX_VALUE : duration.toNanos();
  }

  /** The longest duration that nanoseconds in a {@code long} can tell. */
  Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  /** The time in nanoseconds from an arbitrary start, as {@link System#nanoTime}. */
  long nanos();

  /** The time of day. */
  Instant now();

  /**
   * Sets an alarm.
   *
   * @param delayNanos from now; zero or less: at once, but not on this thread
   * @param action what to do then: short, never blocking, never throwing, no code of a user
   * @return the alarm
   */
  Alarm schedule(long delayNanos, Runnable action);
}
