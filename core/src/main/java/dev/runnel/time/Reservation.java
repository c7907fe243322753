package dev.runnel.time;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tokens of a {@link RateLimiter} that have been taken, perhaps in advance. Any thread may ask it
 * or cancel it.
 *
 * <p>Origin in Go: {@code rate.Reservation}.
 */
public final class Reservation {
  private final RateLimiter limiter;
  private final long event;
  private final int events;
  private final double rate;
  private final AtomicBoolean canceled = new AtomicBoolean();

  Reservation(RateLimiter limiter, long event, int events, double rate) {
    this.limiter = limiter;
    this.event = event;
    this.events = events;
    this.rate = rate;
  }

  long delayNanos() {
    return limiter.nanosUntil(event);
  }

  /**
   * How long to wait from now until the events may happen.
   *
   * @return the time; zero if they may happen now
   */
  public Duration delay() {
    return Duration.ofNanos(delayNanos());
  }

  /**
   * Gives the tokens back, because the events will not happen: all of them, but for those that
   * later reservations have already counted on, and none if their time has passed. Canceling again
   * does nothing.
   */
  public void cancel() {
    giveBack(false);
  }

  /** Gives the tokens back even if their time has passed: the events have not happened. */
  void giveBack() {
    giveBack(true);
  }

  private void giveBack(boolean unused) {
    if (canceled.compareAndSet(false, true)) {
      limiter.refund(event, events, rate, unused);
    }
  }
}
