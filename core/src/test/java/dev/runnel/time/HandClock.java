package dev.runnel.time;

import dev.runnel.internal.time.Alarm;
import dev.runnel.internal.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that only a test moves. It sets no alarms. */
final class HandClock implements Clock {
  private final AtomicLong nanos;

  HandClock() {
    this(1_000_000);
  }

  HandClock(long start) {
    nanos = new AtomicLong(start);
  }

  /** Lets time pass. */
  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Override
  public long nanos() {
    return nanos.get();
  }

  @Override
  public Instant now() {
    return Instant.EPOCH.plusNanos(nanos.get());
  }

  @Override
  public Alarm schedule(long delayNanos, Runnable action) {
    throw new UnsupportedOperationException("a limiter sets no alarm of its own");
  }
}
